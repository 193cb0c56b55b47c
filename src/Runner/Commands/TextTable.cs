using System.Text;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Commands;

/// <summary>Rows for people: columns as wide as their widest cell, two spaces apart, nothing behind the last one.</summary>
internal static class TextTable
{
    /// <summary>The rows as lines. Cells are cleaned: they come from services and specs, and go to terminals.</summary>
    public static string Write(IReadOnlyList<string[]> rows)
    {
        var text = new StringBuilder();
        rows = [.. rows.Select(row => (string[])[.. row.Select(cell => PlainText.Of(cell))])];
        int columns = rows.Count == 0 ? 0 : rows.Max(row => row.Length);
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => rows.Max(row => column < row.Length ? row[column].Length : 0))];
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column])));
            text.Append(line.TrimEnd()).Append('\n');
        }
        return text.ToString();
    }
}
