using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A comment suppresses a finding that there is not.</summary>
public sealed class UnusedSuppression : SpecRule
{
    /// <summary>The kind of finding.</summary>
    public static DiagnosticDescriptor Kind { get; } = new(
        "VPY4101",
        "Suppression without effect",
        "There is no {0} here to be suppressed. Remove it from the comment.",
        DiagnosticCategory.Configuration,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor => Kind;

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds codes in `# vpython: disable=CODE` comments that suppress nothing.",
        "A comment that outlives its reason hides the next finding of its kind, which somebody would want to see.",
        """
        # vpython: disable=VPY2301 -- kept for the old bots
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Removes the code with its comma, and the comment when all its codes are without effect; safe.");

    /// <summary>Nothing: what a comment suppresses is known when all other rules have spoken. See <see cref="Find"/>.</summary>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec) => [];

    /// <summary>Finds the codes that suppressed nothing.</summary>
    internal static IEnumerable<Diagnostic> Find(SpecAnalysis spec, SuppressionList suppressions)
    {
        // A code that there is not is another kind of finding.
        foreach (IGrouping<SuppressionComment, (SuppressionComment Comment, string Id, TextSpan Span)> unused in suppressions.Unused.Where(static code => KnownCodes.Contains(code.Id)).GroupBy(static code => code.Comment))
        {
            bool isWholeComment = unused.Count() == unused.Key.Codes.Length;
            foreach ((SuppressionComment comment, string id, TextSpan span) in unused)
            {
                yield return Diagnostic.Create(Kind, span, id) with
                {
                    Tags = DiagnosticTags.Unnecessary,
                    Fixes = [isWholeComment ? new("Remove the comment", FixSafety.Safe, RemoveComment(spec.Text, comment.Span)) : new($"Remove {id}", FixSafety.Safe, RemoveCode(comment, span))],
                };
            }
        }
    }

    /// <summary>Whether the rule of a code looked at the spec: what is turned off, or does not look at specs with errors, may have something to be suppressed all the same.</summary>
    private static bool HasSpoken(SpecAnalysis spec, string id)
    {
        if (RuleList.All.FirstOrDefault(rule => rule.Descriptor.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) is not { } found) return true;
        return spec.Settings.SeverityOf(found.Descriptor) is not null && !(spec.Bound.HasErrors && found is SpecRule { LooksAtBrokenSpecs: false });
    }

    /// <summary>The code with the comma behind it, or, where it is the last one, with that before it.</summary>
    private static TextChange RemoveCode(SuppressionComment comment, TextSpan code)
    {
        int index = comment.Codes.Select(static one => one.Span).ToList().IndexOf(code);
        return index + 1 < comment.Codes.Length
            ? new(TextSpan.FromBounds(code.Start, comment.Codes[index + 1].Span.Start), "")
            : new(TextSpan.FromBounds(comment.Codes[index - 1].Span.End, code.End), "");
    }

    /// <summary>The comment, with the line that it has for itself.</summary>
    private static TextChange RemoveComment(SourceText text, TextSpan comment)
    {
        int line = text.GetLine(comment.Start);
        TextSpan span = text.GetLineSpan(line);
        string before = text.ToString(TextSpan.FromBounds(span.Start, comment.Start));
        if (before.Trim(' ', '\t', '#').Length == 0) return new(text.GetLineSpanIncludingBreak(line), "");
        int start = comment.Start;
        while (start > span.Start && text.Bytes[start - 1] is (byte)' ' or (byte)'\t') start--;
        return new(TextSpan.FromBounds(start, comment.End), "");
    }
}
