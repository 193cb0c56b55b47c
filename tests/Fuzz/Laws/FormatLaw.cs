using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz.Laws;

/// <summary>The laws of formatting: the meaning and all comments stay, and doing it twice is the same as once.</summary>
public static class FormatLaw
{
    /// <summary>Checks a document, whatever it is, with these options.</summary>
    public static void Check(SpecDocument document, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SourceText once = document.Text.WithChanges(SpecFormatter.Format(document, options));
        var formatted = SpecDocument.Parse(once, document.Kind);
        var before = BoundSpec.Bind(document);
        var after = BoundSpec.Bind(formatted);
        Law.Holds(MeaningOf(before, options).SequenceEqual(MeaningOf(after, options)), $"Formatting changes the meaning:\n{document.Text}\n=>\n{once}");
        Law.Holds(HasLastingErrors(before) == HasLastingErrors(after), $"Formatting makes or mends an error:\n{document.Text}\n=>\n{once}");
        Law.Holds(document.Region is null == formatted.Region is null, $"Formatting makes or loses a spec:\n{document.Text}\n=>\n{once}");
        Law.Holds(CommentsOf(before, options).SequenceEqual(CommentsOf(after, options)), $"Formatting changes comments:\n{document.Text}\n=>\n{once}");
        SourceText twice = once.WithChanges(SpecFormatter.Format(formatted, options));
        Law.Holds(once.Bytes.SequenceEqual(twice.Bytes), $"Not the same a second time:\n{document.Text}\n=>\n{once}\n=>\n{twice}");
    }

    /// <summary>Whether there are errors but for colons that are missing before lists: formatting writes those, as it knows no schema in which they could be left out.</summary>
    private static bool HasLastingErrors(BoundSpec spec) =>
        spec.Diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Descriptor != SchemaDiagnostics.MissingColonBeforeList);

    /// <summary>The wire bytes; where wheels are sorted, the parts of the message without their order.</summary>
    private static IEnumerable<object> MeaningOf(BoundSpec spec, FormatOptions options) => options.SortsWheels
        ? [spec.Spec.PythonVersion, .. spec.Spec.Wheel.Select(static wheel => wheel.ToString()).Order(StringComparer.Ordinal), .. spec.Spec.VerifyPep425Tag.Select(static tag => tag.ToString())]
        : [Convert.ToHexString(spec.Bound.WireBytes.Span)];

    private static IEnumerable<string> CommentsOf(BoundSpec spec, FormatOptions options) =>
        options.SortsWheels ? Comments(spec.Tree).Order(StringComparer.Ordinal) : Comments(spec.Tree);

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
