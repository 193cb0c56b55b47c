using System.Text;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>
/// Markdown as text for those that show it as it is: without signs for code, emphasis, links and escapes, and with a line for each row of a table. It knows what
/// the texts of this program are written in, and no more of the language than that.
/// </summary>
public static class PlainText
{
    private const string Fence = "```";

    /// <summary>The text of some Markdown.</summary>
    public static string Of(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var lines = new List<string>();
        bool isCode = false;
        foreach (string line in markdown.Split('\n'))
        {
            if (line.StartsWith(Fence, StringComparison.Ordinal)) isCode = !isCode;
            else if (isCode) lines.Add(line);
            else if (!line.StartsWith("|---", StringComparison.Ordinal)) lines.Add(OfLine(line));
        }
        return string.Join('\n', lines);
    }

    private static string OfLine(string line)
    {
        bool isRow = line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith(" |", StringComparison.Ordinal) && line.Length > 3;
        string content = isRow ? line[2..^2] : line.TrimStart('#').Length < line.Length && line.TrimStart('#').StartsWith(' ') ? line.TrimStart('#')[1..] : line;
        var text = new StringBuilder(content.Length);
        bool isCode = false;
        for (int i = 0; i < content.Length; i++)
        {
            ReadOnlySpan<char> rest = content.AsSpan(i);
            if (content[i] == '`') isCode = !isCode;
            else if (isRow && rest.StartsWith(" | ")) i += AppendLength(text, ": ", 3);
            else if (isCode) text.Append(content[i]);
            else if (content[i] == '\\' && rest.Length > 1 && char.IsAsciiLetterOrDigit(rest[1]) == false) text.Append(content[++i]);
            else if (rest.StartsWith("**")) i++;
            else if (content[i] == '[' && FindLink(rest) is { } link) i += AppendLength(text, Of(rest[1..link.TextEnd].ToString()), link.Length);
            else text.Append(content[i]);
        }
        return text.ToString();
    }

    /// <summary>Where the text of <c>[text](address)</c> ends, and how long the whole is.</summary>
    private static (int TextEnd, int Length)? FindLink(ReadOnlySpan<char> text)
    {
        int middle = text.IndexOf("](");
        int end = middle < 0 ? -1 : text[middle..].IndexOf(')');
        return end < 0 ? null : (middle, middle + end + 1);
    }

    /// <summary>Writes what stands for some signs.</summary>
    /// <returns>How many signs follow the first.</returns>
    private static int AppendLength(StringBuilder text, string written, int length)
    {
        text.Append(written);
        return length - 1;
    }
}
