using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>What a line of a spec begins and ends with.</summary>
/// <param name="LinePrefix">Indentation and comment prefix of each line in a script, such as <c># </c>; empty for a standalone spec.</param>
/// <param name="LineBreak">LF, or CR LF.</param>
internal readonly record struct SpecLayout(string LinePrefix, string LineBreak)
{
    /// <summary>The layout of a document that has a spec.</summary>
    public static SpecLayout Of(SyntaxTree tree) => new(LinePrefixOf(tree.Document), LineBreakOf(tree));

    private static string LinePrefixOf(SpecDocument document)
    {
        if (document.Region is not { BeginGuard: { } guard } region) return "";
        SourceText text = document.Text;
        int lineStart = text.Bytes[..guard.Start].LastIndexOf((byte)'\n') + 1;
        if (lineStart == 0) lineStart = text.ByteOrderMark.End;
        // The indentation of the guard; where the guard shares its line with the host's own text, that is not part of it.
        string indentation = text.ToString(TextSpan.FromBounds(lineStart, region.Prefix.Start));
        if (region.EndGuard is not { } end) return indentation + text.ToString(region.Prefix);
        int endPrefixStart = end.Start - region.Prefix.Length;
        bool isStripped = endPrefixStart >= 0 && text.Slice(new(endPrefixStart, region.Prefix.Length)).SequenceEqual(text.Slice(region.Prefix))
            && text.Bytes[region.Span.End..endPrefixStart].TrimStart(" \t"u8).IsEmpty;
        return isStripped ? indentation + text.ToString(region.Prefix) : "";
    }

    /// <summary>
    /// CR LF where every line of the spec ends so, those of heredocs not counted; where there are none, the line before it. Any other rule could choose
    /// otherwise when the first line break of a mixed text is gone.
    /// </summary>
    private static string LineBreakOf(SyntaxTree tree)
    {
        ReadOnlySpan<byte> bytes = tree.Text.Bytes;
        bool hasBreak = false;
        for (int i = 0; i < tree.Tokens.Length; i++)
        {
            foreach (SyntaxToken trivia in tree.TriviaBefore(i))
            {
                if (trivia.Kind != SyntaxKind.EndOfLine) continue;
                if (bytes[trivia.Start] != '\r') return "\n";
                hasBreak = true;
            }
        }
        int start = tree.Document.Region!.Span.Start;
        return hasBreak || start >= 2 && bytes[start - 2] == '\r' && bytes[start - 1] == '\n' ? "\r\n" : "\n";
    }
}
