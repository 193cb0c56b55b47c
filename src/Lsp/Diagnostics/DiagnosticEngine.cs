using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>
/// Finds what is wrong: in a document at once, between documents when all are looked at. What was found between them is kept until the next such look, and follows the text.
/// </summary>
/// <param name="workspace">The documents.</param>
internal sealed class DiagnosticEngine(ServerWorkspace workspace)
{
    private readonly ConcurrentDictionary<string, BetweenFindings> _between = new(OverlayFiles.PathComparer);
    private long _lastSerial;

    /// <summary>The findings of a document: its own, and those between it and others as far as they are known.</summary>
    public DocumentFindings Of(AnalyzedDocument document, CancellationToken cancellation)
    {
        if (document.IsTooLarge) return new(document, [TooLargeDocument.Report(document.Text)], $"{document.Serial}");
        AnalysisResult result = document.Analyze(cancellation);
        if (!_between.TryGetValue(document.Text.Path, out BetweenFindings? between)) return new(document, result.Diagnostics, IdOf(document, 0));
        ImmutableArray<Diagnostic> others = [.. between.In(document.Text)];
        return new(document, others.IsEmpty ? result.Diagnostics : [.. result.Diagnostics.Concat(others).OrderBy(static diagnostic => diagnostic.Span)], IdOf(document, between.Serial));
    }

    /// <summary>Looks at all documents together.</summary>
    /// <returns>The findings of all specs of the workspace, in the order of their paths, and whether those between any of them are others than before.</returns>
    public (ImmutableArray<DocumentFindings> Findings, bool HasChanged) OfAll(WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        ImmutableArray<AnalyzedDocument> documents = workspace.Settings.LooksAtWorkspace
            ? workspace.Disk.All(snapshot, cancellation)
            : [.. snapshot.Documents.Values.Where(static document => document.HasSpec)];
        var results = new AnalysisResult[documents.Length];
        Parallel.For(0, documents.Length, new ParallelOptions { CancellationToken = cancellation }, index => results[index] = documents[index].Analyze(cancellation));
        ImmutableArray<WorkspaceResult> completed = WorkspaceAnalyzer.Complete([.. results], snapshot.Host, cancellation);
        bool hasChanged = false;
        for (int i = 0; i < documents.Length; i++)
        {
            var own = new HashSet<Diagnostic>(completed[i].Own.Diagnostics, ReferenceEqualityComparer.Instance);
            hasChanged |= Remember(documents[i], [.. completed[i].Diagnostics.Where(diagnostic => !own.Contains(diagnostic))]);
        }
        foreach (string gone in _between.Keys.Except(documents.Select(static document => document.Text.Path), OverlayFiles.PathComparer).ToArray()) hasChanged |= _between.TryRemove(gone, out _);
        return ([.. documents.Select(document => Of(document, cancellation))], hasChanged);
    }

    private bool Remember(AnalyzedDocument document, ImmutableArray<Diagnostic> found)
    {
        string path = document.Text.Path;
        if (_between.TryGetValue(path, out BetweenFindings? known) ? known.HasSame(document.Text, found) : found.IsEmpty) return false;
        bool isNews = known is null || !known.HasSame(known.Text, found) || known.Text != document.Text && !known.Diagnostics.IsEmpty;
        _between[path] = new(document.Text, found, isNews ? ++_lastSerial : known!.Serial);
        return isNews;
    }

    private static string IdOf(AnalyzedDocument document, long between) => string.Create(CultureInfo.InvariantCulture, $"{document.Serial}.{between}");
}
