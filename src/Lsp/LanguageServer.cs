using System.Diagnostics;
using System.Text.Json;
using VPythonTools.Lsp.Completion;
using VPythonTools.Lsp.Diagnostics;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Formatting;
using VPythonTools.Lsp.Navigation;
using VPythonTools.Lsp.Presentation;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp;

/// <summary>
/// Answers the requests of one client, each by its handler. When each may come is judged by <see cref="Conversation"/>. Methods begin one after the other in the order of the
/// messages; what a method does before its first wait is done when the next one begins.
/// </summary>
internal sealed class LanguageServer : ILanguageServer, IDisposable
{
    private readonly TaskCompletionSource _clientEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LanguageClient _client;
    private readonly ServerWorkspace _workspace;
    private readonly DiagnosticEngine _engine;
    private readonly ClientSynchronization _synchronization;
    private readonly FormattingHandler _formatting;
    private readonly SemanticTokenHandler _tokens;
    private readonly FoldingHandler _folding;
    private readonly CompletionHandler _completion;
    private DiagnosticConverter _converter;
    private DiagnosticPublisher? _publisher;

    /// <summary>A server for a client that has not spoken yet.</summary>
    public LanguageServer(LanguageClient client)
    {
        _client = client;
        _workspace = new(client.Log);
        _engine = new(_workspace);
        _converter = new(_workspace, null);
        _synchronization = new(_workspace, client);
        var requests = new DocumentRequests(_workspace);
        _formatting = new(requests);
        _tokens = new(requests);
        _folding = new(requests, client);
        _completion = new(requests, client);
    }

    /// <summary>The version of the server.</summary>
    public static string Version => typeof(LanguageServer).Assembly.GetName().Version!.ToString(3);

    /// <summary>What the client shows.</summary>
    public ServerWorkspace Workspace => _workspace;

    /// <summary>Completes when the client's process has ended, if it told which one it is.</summary>
    public Task ClientEnd => _clientEnd.Task;

    /// <inheritdoc/>
    public Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellation)
    {
        if (request.ProcessId is { } client) EndWith(client);
        _client.Profile = new(request.Capabilities);
        _client.Trace = request.Trace ?? "off";
        _converter = new(_workspace, RulePages.Locate(request.InitializationOptions));
        _synchronization.Initialize(request);
        return Task.FromResult(new InitializeResult(Capabilities.For(_client.Profile), new("vpython-lsp", Version)));
    }

    /// <inheritdoc/>
    public Task InitializedAsync(CancellationToken cancellation)
    {
        _publisher = new(_workspace, _engine, _converter, _client);
        _workspace.Changed = _publisher.Invalidate;
        _publisher.Start();
        _synchronization.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<object?> ShutdownAsync(CancellationToken cancellation)
    {
        _publisher?.Dispose();
        return Task.FromResult<object?>(null);
    }

    /// <inheritdoc/>
    public Task SetTraceAsync(SetTraceParams notification, CancellationToken cancellation) => Note(() => _client.Trace = notification.Value ?? "off");

    /// <inheritdoc/>
    public Task CancelProgressAsync(WorkDoneProgressCancelParams notification, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DidOpenAsync(DidOpenTextDocumentParams notification, CancellationToken cancellation) => Note(() => _workspace.Open(notification.TextDocument));

    /// <inheritdoc/>
    public Task DidChangeAsync(DidChangeTextDocumentParams notification, CancellationToken cancellation) => Note(() => _workspace.Change(notification));

    /// <inheritdoc/>
    public Task DidSaveAsync(DidSaveTextDocumentParams notification, CancellationToken cancellation) => Note(() => _workspace.Save(notification.TextDocument.Uri));

    /// <inheritdoc/>
    public Task DidCloseAsync(DidCloseTextDocumentParams notification, CancellationToken cancellation) => Note(() =>
    {
        _workspace.Close(notification.TextDocument.Uri);
        _tokens.Forget(notification.TextDocument.Uri);
    });

    /// <inheritdoc/>
    public Task DidChangeConfigurationAsync(DidChangeConfigurationParams notification, CancellationToken cancellation) => Note(() => _synchronization.ChangeConfiguration(notification.Settings));

    /// <inheritdoc/>
    public Task DidChangeWorkspaceFoldersAsync(DidChangeWorkspaceFoldersParams notification, CancellationToken cancellation) =>
        Note(() => _workspace.SetFolders(notification.Event.Added.Select(static folder => folder.Uri), notification.Event.Removed.Select(static folder => folder.Uri)));

    /// <inheritdoc/>
    public Task DidChangeWatchedFilesAsync(DidChangeWatchedFilesParams notification, CancellationToken cancellation) => Note(() => _workspace.UpdateFiles(notification.Changes));

    /// <inheritdoc/>
    public Task<DocumentDiagnosticReport> DocumentDiagnosticAsync(DocumentDiagnosticParams request, CancellationToken cancellation) =>
        new DocumentDiagnosticHandler(_workspace, _engine, _converter, _client).AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<WorkspaceDiagnosticReport> WorkspaceDiagnosticAsync(WorkspaceDiagnosticParams request, CancellationToken cancellation) =>
        new WorkspaceDiagnosticHandler(_workspace, _engine, _converter, _client).AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TextEdit>?> FormattingAsync(DocumentFormattingParams request, CancellationToken cancellation) => _formatting.FormatAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TextEdit>?> RangeFormattingAsync(DocumentRangeFormattingParams request, CancellationToken cancellation) => _formatting.FormatRangeAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TextEdit>?> OnTypeFormattingAsync(DocumentOnTypeFormattingParams request, CancellationToken cancellation) => _formatting.FormatTypedAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<CompletionList?> CompletionAsync(CompletionParams request, CancellationToken cancellation) => _completion.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<CompletionItem> ResolveCompletionAsync(CompletionItem request, CancellationToken cancellation) => _completion.ResolveAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<Hover?> HoverAsync(HoverParams request, CancellationToken cancellation) => Task.FromResult<Hover?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CodeAction>?> CodeActionAsync(CodeActionParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<CodeAction>?>(null);

    /// <inheritdoc/>
    public Task<CodeAction> ResolveCodeActionAsync(CodeAction request, CancellationToken cancellation) => Task.FromResult(request);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CodeLens>?> CodeLensAsync(CodeLensParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<CodeLens>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JsonElement>?> DocumentSymbolAsync(DocumentSymbolParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<JsonElement>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkspaceSymbol>?> WorkspaceSymbolAsync(WorkspaceSymbolParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<WorkspaceSymbol>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoldingRange>?> FoldingRangeAsync(FoldingRangeParams request, CancellationToken cancellation) => _folding.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SelectionRange>?> SelectionRangeAsync(SelectionRangeParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SelectionRange>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentHighlight>?> DocumentHighlightAsync(DocumentHighlightParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<DocumentHighlight>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Location>?> ReferencesAsync(ReferenceParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Location>?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Location>?> DefinitionAsync(DefinitionParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Location>?>(null);

    /// <inheritdoc/>
    public Task<PrepareRenameResult?> PrepareRenameAsync(PrepareRenameParams request, CancellationToken cancellation) => Task.FromResult<PrepareRenameResult?>(null);

    /// <inheritdoc/>
    public Task<WorkspaceEdit?> RenameAsync(RenameParams request, CancellationToken cancellation) => Task.FromResult<WorkspaceEdit?>(null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentLink>?> DocumentLinkAsync(DocumentLinkParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<DocumentLink>?>(null);

    /// <inheritdoc/>
    public Task<SemanticTokens?> SemanticTokensAsync(SemanticTokensParams request, CancellationToken cancellation) => _tokens.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<SemanticTokensDelta?> SemanticTokensDeltaAsync(SemanticTokensDeltaParams request, CancellationToken cancellation) => _tokens.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<SemanticTokens?> SemanticTokensRangeAsync(SemanticTokensRangeParams request, CancellationToken cancellation) => _tokens.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InlayHint>?> InlayHintAsync(InlayHintParams request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<InlayHint>?>(null);

    /// <inheritdoc/>
    public Task<JsonElement?> ExecuteCommandAsync(ExecuteCommandParams request, CancellationToken cancellation) => Task.FromResult<JsonElement?>(null);

    /// <summary>A client that dies without a word leaves a server that nobody can end: it ends itself.</summary>
    public void EndWith(int client)
    {
        try
        {
            var process = Process.GetProcessById(client);
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => _clientEnd.TrySetResult();
            if (process.HasExited) _clientEnd.TrySetResult();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is gone already, or may not be watched; the end of its pipe will tell.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _publisher?.Dispose();

    /// <summary>Nobody waits for an answer to a notification, so what goes wrong is for the log.</summary>
    private Task Note(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _client.Log(MessageType.Error, $"a notification failed: {exception}");
        }
        return Task.CompletedTask;
    }
}
