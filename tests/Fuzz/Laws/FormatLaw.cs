using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz.Laws;

/// <summary>The laws of formatting: the meaning and all comments stay, and doing it twice is the same as once.</summary>
public static class FormatLaw
{
    /// <summary>Checks a document, whatever it is.</summary>
    public static void Check(SpecDocument document)
    {
        SourceText once = document.Text.WithChanges(SpecFormatter.Format(document, FormatOptions.Default));
        var formatted = SpecDocument.Parse(once, document.Kind);
        var before = BoundSpec.Bind(document);
        var after = BoundSpec.Bind(formatted);
        Law.Holds(before.Bound.WireBytes.Span.SequenceEqual(after.Bound.WireBytes.Span), $"Formatting changes the meaning:\n{document.Text}\n=>\n{once}");
        Law.Holds(document.Region is null == formatted.Region is null, $"Formatting makes or loses a spec:\n{document.Text}\n=>\n{once}");
        Law.Holds(Comments(before.Tree).SequenceEqual(Comments(after.Tree)), $"Formatting changes comments:\n{document.Text}\n=>\n{once}");
        SourceText twice = once.WithChanges(SpecFormatter.Format(formatted, FormatOptions.Default));
        Law.Holds(once.Bytes.SequenceEqual(twice.Bytes), $"Not the same a second time:\n{document.Text}\n=>\n{once}\n=>\n{twice}");
    }

    /// <summary>The comments of a spec in order, without white space behind them.</summary>
    public static IReadOnlyList<string> Comments(SyntaxTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var comments = new List<string>();
        for (int i = 0; i < tree.Tokens.Length; i++)
        {
            foreach (SyntaxToken trivia in tree.TriviaBefore(i))
            {
                if (trivia.Kind == SyntaxKind.Comment) comments.Add(tree.Text.ToString(trivia.Span).TrimEnd());
            }
        }
        return comments;
    }
}
