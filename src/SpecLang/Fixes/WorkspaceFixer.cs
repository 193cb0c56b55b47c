using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>Applies fixes to several documents until nothing changes any more, those of findings between the documents included.</summary>
public static class WorkspaceFixer
{
    /// <summary>So that two rules that undo each other come to an end; no chain of fixes is that long.</summary>
    private const int MostRounds = 32;

    /// <summary>Mends the findings of documents.</summary>
    /// <param name="documents">The documents, in the order of their paths.</param>
    /// <param name="host">What analysis asks of the world.</param>
    /// <param name="settingsOf">What is configured for a document.</param>
    /// <param name="isWanted">Which findings are to be mended.</param>
    /// <param name="withUnsafe">Whether fixes that change the environment are applied, too.</param>
    /// <param name="count">How many fixes were applied.</param>
    /// <returns>What is found in the mended documents, which the results hold; in the order of the documents.</returns>
    public static ImmutableArray<WorkspaceResult> Fix(
        ImmutableArray<SpecDocument> documents,
        AnalysisHost host,
        Func<SpecDocument, AnalysisSettings> settingsOf,
        Func<Diagnostic, bool> isWanted,
        bool withUnsafe,
        out int count)
    {
        count = 0;
        var isGivenUp = new bool[documents.Length];
        SpecDocument[] current = [.. documents];
        ImmutableArray<WorkspaceResult> results = WorkspaceAnalyzer.Analyze(documents, host, settingsOf);
        for (int round = 0; round < MostRounds; round++)
        {
            bool hasChanged = false;
            for (int i = 0; i < current.Length; i++)
            {
                if (isGivenUp[i]) continue;
                ImmutableArray<CodeFix> fixes = SpecFixer.Choose(results[i].Diagnostics.Where(isWanted), withUnsafe);
                if (fixes.IsEmpty) continue;
                SpecDocument mended = SpecDocument.Parse(current[i].Text.WithChanges(fixes.SelectMany(static fix => fix.Changes)), current[i].Kind);
                // A fix that leaves the text worse than it was is a bug, and must not reach the file.
                if (CountErrors(BoundSpec.Bind(mended)) > CountErrors(results[i].Own.Spec.Bound))
                {
                    isGivenUp[i] = true;
                    continue;
                }
                current[i] = mended;
                count += fixes.Length;
                hasChanged = true;
            }
            if (!hasChanged) break;
            results = WorkspaceAnalyzer.Analyze([.. current], host, settingsOf);
        }
        return results;
    }

    private static int CountErrors(BoundSpec spec) => spec.Diagnostics.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
