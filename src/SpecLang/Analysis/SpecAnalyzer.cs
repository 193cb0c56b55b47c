using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>Finds everything that is wrong with specs: the language's own diagnostics, those of portability, and the rules.</summary>
public static class SpecAnalyzer
{
    /// <summary>Analyzes a document. Never fails; a script without a spec has nothing but what its guards may have.</summary>
    public static AnalysisResult Analyze(SpecDocument document, AnalysisHost host, AnalysisSettings settings, CancellationToken cancellation = default) =>
        Analyze(new SpecAnalysis(BoundSpec.Bind(document), host, settings), cancellation);

    /// <summary>Analyzes a spec that features look at, too: what one of them has computed the other has at hand.</summary>
    public static AnalysisResult Analyze(SpecAnalysis spec, CancellationToken cancellation = default)
    {
        (BoundSpec bound, SpecDocument document, AnalysisSettings settings) = (spec.Bound, spec.Document, spec.Settings);
        if (BinaryContent.Find(document) is { } notText) return new(spec, [notText], SuppressionList.None);
        var found = new List<Diagnostic>(bound.Diagnostics.Length);
        found.AddRange(bound.Diagnostics.Concat(PortabilityCheck.Find(bound)).Select(diagnostic => LanguageFixes.AddTo(diagnostic, spec.Tree)));
        if (document.Region is not null)
        {
            foreach (SpecRule rule in RuleList.OfSpec)
            {
                cancellation.ThrowIfCancellationRequested();
                if (settings.SeverityOf(rule.Descriptor) is null || bound.HasErrors && !rule.LooksAtBrokenSpecs) continue;
                found.AddRange(rule.Analyze(spec).Select(finding => CommentGuard.Check(finding, spec.Tree)));
            }
        }
        var suppressions = SuppressionList.Read(spec.Tree);
        return new(spec, [.. Judge(found, settings, suppressions)], suppressions);
    }

    /// <summary>What a finding is worth by configuration and comments, for findings that come from elsewhere, such as rules between specs.</summary>
    public static IEnumerable<Diagnostic> Judge(IEnumerable<Diagnostic> found, AnalysisSettings settings, SuppressionList suppressions)
    {
        foreach (Diagnostic diagnostic in found.OrderBy(static diagnostic => diagnostic.Span).ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal))
        {
            if (settings.SeverityOf(diagnostic.Descriptor) is not { } severity) continue;
            if (AnalysisSettings.IsConfigurable(diagnostic.Descriptor) && suppressions.Suppresses(diagnostic)) continue;
            yield return diagnostic with { Severity = severity == diagnostic.Descriptor.DefaultSeverity ? diagnostic.Severity : severity };
        }
    }

    /// <summary>The codes of comments that suppressed nothing: asked when all rules have spoken.</summary>
    public static IEnumerable<Diagnostic> FindUnusedSuppressions(AnalysisResult result) =>
        UnusedSuppression.Find(result.Spec, result.Suppressions) is var unused && result.Spec.Settings.SeverityOf(UnusedSuppression.Kind) is { } severity
            ? unused.Select(diagnostic => diagnostic with { Severity = severity })
            : [];
}
