using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>Applies fixes until nothing changes any more. Of fixes that overlap the first one goes first, and the other is looked at again in the text that it leaves.</summary>
public static class SpecFixer
{
    /// <summary>So that two rules that undo each other come to an end; no chain of fixes is that long.</summary>
    private const int MostRounds = 32;

    /// <summary>The text of a document with its findings mended.</summary>
    /// <param name="document">The document.</param>
    /// <param name="host">What analysis asks of the world.</param>
    /// <param name="settings">What is configured.</param>
    /// <param name="isWanted">Which findings are to be mended.</param>
    /// <param name="withUnsafe">Whether fixes that change the environment are applied, too.</param>
    /// <param name="count">How many fixes were applied.</param>
    public static SourceText Fix(SpecDocument document, AnalysisHost host, AnalysisSettings settings, Func<Diagnostic, bool> isWanted, bool withUnsafe, out int count)
    {
        count = 0;
        for (int round = 0; round < MostRounds; round++)
        {
            AnalysisResult result = SpecAnalyzer.Analyze(document, host, settings);
            int errors = CountErrors(result);
            ImmutableArray<CodeFix> fixes = Choose(result.Diagnostics.Concat(SpecAnalyzer.FindUnusedSuppressions(result)).Where(isWanted), withUnsafe);
            if (fixes.IsEmpty) break;
            SourceText text = document.Text.WithChanges(fixes.SelectMany(static fix => fix.Changes));
            var fixedDocument = SpecDocument.Parse(text, document.Kind);
            // A fix that leaves the text worse than it was is a bug, and must not reach the file.
            if (CountErrors(SpecAnalyzer.Analyze(fixedDocument, host, settings)) > errors) break;
            document = fixedDocument;
            count += fixes.Length;
        }
        return document.Text;
    }

    /// <summary>The best fix of each finding, as far as they do not overlap, in order of position.</summary>
    public static ImmutableArray<CodeFix> Choose(IEnumerable<Diagnostic> findings, bool withUnsafe)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var chosen = ImmutableArray.CreateBuilder<CodeFix>();
        var taken = new List<TextSpan>();
        foreach (Diagnostic finding in findings)
        {
            CodeFix? fix = finding.Fixes.FirstOrDefault(fix => withUnsafe || fix.Safety == FixSafety.Safe);
            if (fix is null || fix.Changes.IsEmpty || fix.Changes.Any(change => taken.Any(span => Collide(span, change.Span)))) continue;
            chosen.Add(fix);
            taken.AddRange(fix.Changes.Select(static change => change.Span));
        }
        return chosen.ToImmutable();
    }

    /// <summary>Whether two changes touch the same text, or insert at the same place.</summary>
    private static bool Collide(TextSpan first, TextSpan second) => first.OverlapsWith(second) || first.IsEmpty && second.Touches(first.Start) || second.IsEmpty && first.Touches(second.Start);

    private static int CountErrors(AnalysisResult result) =>
        result.Spec.Bound.Diagnostics.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
