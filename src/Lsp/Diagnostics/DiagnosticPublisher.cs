using System.Collections.Immutable;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>
/// Tells the client what is found, in the background: of a changed document as soon as it is analyzed, and when nothing has changed for a moment what is found between
/// documents. A change while a document is analyzed ends that analysis and begins the next. A client that asks for diagnostics is told only that it should ask again.
/// </summary>
internal sealed class DiagnosticPublisher : IDisposable
{
    /// <summary>How long nothing must change before all documents are looked at together.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    /// <summary>An analysis that has run for so long is not ended by a change any more, so that who never stops typing sees something.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long nothing must change before memory that was needed for a moment goes back to the system.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>Memory that is kept without asking, in bytes.</summary>
    private const long PlentyOfMemory = 48 << 20;

    private readonly ServerWorkspace _workspace;
    private readonly DiagnosticEngine _engine;
    private readonly DiagnosticConverter _converter;
    private readonly LanguageClient _client;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _published = new(OverlayFiles.PathComparer);
    private HashSet<string> _dirty = new(OverlayFiles.PathComparer);
    private bool _isAllDirty;
    private bool _areOthersDirty;
    private bool _mayHoldGarbage;
    private (string Path, long Start, CancellationTokenSource Cancellation)? _running;
    private CancellationTokenSource? _runningAll;

    /// <summary>A publisher that does nothing yet.</summary>
    public DiagnosticPublisher(ServerWorkspace workspace, DiagnosticEngine engine, DiagnosticConverter converter, LanguageClient client) =>
        (_workspace, _engine, _converter, _client) = (workspace, engine, converter, client);

    /// <summary>Begins.</summary>
    public void Start() => _ = Task.Run(RunAsync);

    /// <summary>Documents have to be looked at again; all of them where none are named.</summary>
    public void Invalidate(ImmutableArray<string> paths)
    {
        lock (_gate)
        {
            if (paths.IsEmpty) _isAllDirty = true;
            _areOthersDirty = true;
            foreach (string path in paths) _dirty.Add(path);
            // Somebody types: the document comes first, and the look at all begins again when it is quiet.
            if (!paths.IsEmpty) _runningAll?.Cancel();
            if (_running is { } running && _dirty.Contains(running.Path) && TimeProvider.System.GetElapsedTime(running.Start) < Patience) running.Cancellation.Cancel();
        }
        _signal.Release();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _end.Cancel();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                TimeSpan wait = _areOthersDirty ? Quiet : _mayHoldGarbage ? Idle : Timeout.InfiniteTimeSpan;
                bool hasChanges = await _signal.WaitAsync(wait, _end.Token).ConfigureAwait(false);
                try
                {
                    if (hasChanges) await LookAtChangedAsync().ConfigureAwait(false);
                    else if (_areOthersDirty) await LookAtAllAsync().ConfigureAwait(false);
                    else GiveMemoryBack();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    _client.Log(MessageType.Error, $"looking for findings failed: {exception}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The conversation is over.
        }
    }

    private void GiveMemoryBack()
    {
        _mayHoldGarbage = false;
        if (GC.GetGCMemoryInfo().TotalCommittedBytes > PlentyOfMemory) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task LookAtChangedAsync()
    {
        HashSet<string> dirty;
        bool isAll;
        lock (_gate)
        {
            (dirty, _dirty) = (_dirty, new(OverlayFiles.PathComparer));
            (isAll, _isAllDirty) = (_isAllDirty, false);
        }
        if (isAll) dirty.UnionWith(_workspace.Current.Documents.Keys);
        if (_client.Profile.PullsDiagnostics)
        {
            if (isAll) _ = _client.RefreshAsync(withDiagnostics: true);
            return;
        }
        foreach (string path in dirty) await PublishAsync(path).ConfigureAwait(false);
        // A client may take its time to answer, or never do.
        if (isAll) _ = _client.RefreshAsync(withDiagnostics: false);
    }

    private async Task PublishAsync(string path)
    {
        if (_workspace.Current.Documents.GetValueOrDefault(path) is not { } document)
        {
            // It is closed; what the disk has of it comes with the look at all.
            if (_published.Remove(path)) await _client.PublishDiagnosticsAsync(new(DocumentUri.FromPath(path), [])).ConfigureAwait(false);
            return;
        }
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        lock (_gate) _running = (path, TimeProvider.System.GetTimestamp(), cancellation);
        try
        {
            DocumentFindings findings = _engine.Of(document, cancellation.Token);
            // What was said of a version that is not there any more would be shown at wrong places.
            if (_workspace.Current.Documents.GetValueOrDefault(path) == document) await PublishAsync(findings).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            // A newer version is waiting.
        }
        finally
        {
            lock (_gate) _running = null;
        }
    }

    private async Task LookAtAllAsync()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        lock (_gate)
        {
            _areOthersDirty = false;
            _mayHoldGarbage = true;
            _runningAll = cancellation;
        }
        WorkspaceSnapshot snapshot = _workspace.Current;
        ImmutableArray<DocumentFindings> all;
        bool hasChanged;
        try
        {
            (all, hasChanged) = _engine.OfAll(snapshot, cancellation.Token);
        }
        catch (OperationCanceledException) when (!_end.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            lock (_gate) _runningAll = null;
        }
        if (_client.Profile.PullsDiagnostics)
        {
            if (hasChanged) _ = _client.RefreshDiagnosticsAsync();
            return;
        }
        foreach (DocumentFindings findings in all)
        {
            string path = findings.Document.Text.Path;
            if (_published.GetValueOrDefault(path) == findings.ResultId || _published.GetValueOrDefault(path) is null && findings.Diagnostics.IsEmpty) continue;
            if (findings.Document.Open is not null && _workspace.Current.Documents.GetValueOrDefault(path) != findings.Document) continue;
            await PublishAsync(findings).ConfigureAwait(false);
        }
        // Files that are gone, or are no specs any more.
        string[] gone = [.. _published.Keys.Except(all.Select(static findings => findings.Document.Text.Path), OverlayFiles.PathComparer).Where(path => !snapshot.Documents.ContainsKey(path))];
        foreach (string path in gone)
        {
            _published.Remove(path);
            await _client.PublishDiagnosticsAsync(new(DocumentUri.FromPath(path), [])).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(DocumentFindings findings)
    {
        _published[findings.Document.Text.Path] = findings.ResultId;
        return _client.PublishDiagnosticsAsync(new(findings.Document.Uri, _converter.Convert(findings)) { Version = findings.Document.Open?.Version });
    }
}
