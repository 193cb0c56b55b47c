using System.Text;

namespace VPythonTools.Lsp.Tests.Workspace;

/// <summary>Edits of a text as the protocol defines them, without any of the server's code: the text is a string, lines are counted from its start each time.</summary>
internal static class EditModel
{
    /// <summary>The text with a range replaced. Positions that it does not have mean the nearest that it has.</summary>
    public static string Apply(string text, int line1, int column1, int line2, int column2, string inserted, bool countsBytes)
    {
        int first = OffsetOf(text, line1, column1, countsBytes);
        int second = OffsetOf(text, line2, column2, countsBytes);
        (int start, int end) = first <= second ? (first, second) : (second, first);
        return text[..start] + inserted + text[end..];
    }

    private static int OffsetOf(string text, int line, int column, bool countsBytes)
    {
        int offset = 0;
        for (; line > 0; line--)
        {
            while (offset < text.Length && text[offset] is not ('\r' or '\n')) offset++;
            if (offset == text.Length) return offset;
            offset += text[offset] == '\r' && offset + 1 < text.Length && text[offset + 1] == '\n' ? 2 : 1;
        }
        for (int units = 0; offset < text.Length && text[offset] is not ('\r' or '\n');)
        {
            var rune = Rune.GetRuneAt(text, offset);
            units += countsBytes ? rune.Utf8SequenceLength : rune.Utf16SequenceLength;
            if (units > column) break;
            offset += rune.Utf16SequenceLength;
        }
        return offset;
    }
}
