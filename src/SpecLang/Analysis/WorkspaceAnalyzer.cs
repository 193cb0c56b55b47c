using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>Finds everything that is wrong with several specs: in each, and between them. Only then is it known which suppressions have no effect.</summary>
public static class WorkspaceAnalyzer
{
    /// <summary>As few documents are analyzed one after the other: that is sooner done than other threads are awake.</summary>
    private const int FewDocuments = 3;

    /// <summary>Analyzes documents, several at a time.</summary>
    /// <param name="documents">The documents, in the order of their paths.</param>
    /// <param name="host">What analysis asks of the world; asked by several threads.</param>
    /// <param name="settingsOf">What is configured for a document; asked by several threads.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>A result for each document, in their order.</returns>
    public static ImmutableArray<WorkspaceResult> Analyze(
        ImmutableArray<SpecDocument> documents,
        AnalysisHost host,
        Func<SpecDocument, AnalysisSettings> settingsOf,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settingsOf);
        var results = new AnalysisResult[documents.Length];
        void Analyze(int index) => results[index] = SpecAnalyzer.Analyze(documents[index], host, settingsOf(documents[index]), cancellation);
        if (documents.Length > FewDocuments) Parallel.For(0, documents.Length, new ParallelOptions { CancellationToken = cancellation }, Analyze);
        else for (int i = 0; i < documents.Length; i++) Analyze(i);
        return Complete([.. results], host, cancellation);
    }

    /// <summary>Completes the results of documents by what is found between them.</summary>
    /// <param name="results">The results of the documents, in the order of their paths.</param>
    /// <param name="host">What analysis asks of the world.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>A result for each document, in their order.</returns>
    public static ImmutableArray<WorkspaceResult> Complete(ImmutableArray<AnalysisResult> results, AnalysisHost host, CancellationToken cancellation = default)
    {
        var between = new Dictionary<SpecAnalysis, List<Diagnostic>>(ReferenceEqualityComparer.Instance);
        var workspace = new WorkspaceAnalysis(host, [.. results.Where(static result => result.Spec.Document.Region is not null).Select(static result => result.Spec)]);
        foreach (WorkspaceRule rule in RuleList.OfWorkspace)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach ((SpecAnalysis spec, Diagnostic diagnostic) in rule.Analyze(workspace))
            {
                if (!between.TryGetValue(spec, out List<Diagnostic>? found)) between.Add(spec, found = []);
                found.Add(diagnostic);
            }
        }
        return [.. results.Select(result => Complete(result, between.GetValueOrDefault(result.Spec) ?? []))];
    }

    private static WorkspaceResult Complete(AnalysisResult result, List<Diagnostic> between)
    {
        // Judged first: it decides which suppressions have an effect.
        Diagnostic[] judged = [.. SpecAnalyzer.Judge(between, result.Spec.Settings, result.Suppressions)];
        Diagnostic[] unused = [.. SpecAnalyzer.FindUnusedSuppressions(result)];
        if (judged.Length == 0 && unused.Length == 0) return new(result, result.Diagnostics);
        return new(result, [.. result.Diagnostics.Concat(judged).Concat(unused).OrderBy(static diagnostic => diagnostic.Span).ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)]);
    }
}
