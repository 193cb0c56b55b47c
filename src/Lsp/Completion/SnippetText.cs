using System.Text;

namespace VPythonTools.Lsp.Completion;

/// <summary>Snippets for clients that know none.</summary>
internal static class SnippetText
{
    /// <summary>The text that a snippet writes, its places to fill in as they are suggested.</summary>
    public static string WithoutPlaces(string snippet)
    {
        var text = new StringBuilder(snippet.Length);
        int open = 0;
        for (int i = 0; i < snippet.Length; i++)
        {
            char sign = snippet[i];
            if (sign == '\\' && i + 1 < snippet.Length)
            {
                text.Append(snippet[++i]);
            }
            else if (sign == '$' && i + 1 < snippet.Length && char.IsAsciiDigit(snippet[i + 1]))
            {
                while (i + 1 < snippet.Length && char.IsAsciiDigit(snippet[i + 1])) i++;
            }
            else if (sign == '$' && i + 1 < snippet.Length && snippet[i + 1] == '{')
            {
                i += 2;
                while (i < snippet.Length && char.IsAsciiDigit(snippet[i])) i++;
                if (i < snippet.Length && snippet[i] == ':') open++;
            }
            else if (sign == '}' && open > 0)
            {
                open--;
            }
            else
            {
                text.Append(sign);
            }
        }
        return text.ToString();
    }
}
