using System.Diagnostics;
using System.Text.Json;
using VPythonTools.Lsp.Actions;
using VPythonTools.Lsp.Commands;
using VPythonTools.Lsp.Completion;
using VPythonTools.Lsp.Diagnostics;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Formatting;
using VPythonTools.Lsp.Hovers;
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
    private readonly LinkHandler _links;
    private readonly RenameHandler _rename;
    private readonly ReferenceHandler _references;
    private readonly HighlightHandler _highlights;
    private readonly SelectionHandler _selections;
    private readonly SymbolHandler _symbols;
    private readonly InlayHintHandler _hints;
    private readonly CodeLensHandler _lenses;
    private readonly CommandHandler _commands;
    private readonly CodeActionHandler _actions;
    private readonly HoverHandler _hover;
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
        var specs = new WorkspaceSpecs(_workspace);
        var environments = new KnownEnvironments();
        _formatting = new(requests);
        _links = new(requests);
        _rename = new(requests, _workspace, specs, client);
        _references = new(requests, specs);
        _highlights = new(requests);
        _selections = new(requests);
        _symbols = new(requests, _workspace, client);
        _hints = new(requests, client);
        _lenses = new(requests, _workspace, environments);
        _commands = new(_workspace, environments, client);
        _actions = new(requests, _workspace, _engine, client);
        _hover = new(requests, client);
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
        if (request.ProcessId is { } client) EndWith(client, endsWithoutIt: false);
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
    public Task CancelProgressAsync(WorkDoneProgressCancelParams notification, CancellationToken cancellation) => Note(() => _commands.Cancel(notification.Token));

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
    public Task<IReadOnlyList<TextEdit>?> FormattingAsync(DocumentFormattingParams request, CancellationToken cancellation) => _formatting.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TextEdit>?> RangeFormattingAsync(DocumentRangeFormattingParams request, CancellationToken cancellation) => _formatting.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TextEdit>?> OnTypeFormattingAsync(DocumentOnTypeFormattingParams request, CancellationToken cancellation) => _formatting.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<CompletionList?> CompletionAsync(CompletionParams request, CancellationToken cancellation) => _completion.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<CompletionItem> ResolveCompletionAsync(CompletionItem request, CancellationToken cancellation) => _completion.ResolveAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<Hover?> HoverAsync(HoverParams request, CancellationToken cancellation) => _hover.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CodeAction>?> CodeActionAsync(CodeActionParams request, CancellationToken cancellation) => _actions.AnswerAsync(request, _converter, cancellation);

    /// <inheritdoc/>
    public Task<CodeAction> ResolveCodeActionAsync(CodeAction request, CancellationToken cancellation) => _actions.ResolveAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CodeLens>?> CodeLensAsync(CodeLensParams request, CancellationToken cancellation) => _lenses.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JsonElement>?> DocumentSymbolAsync(DocumentSymbolParams request, CancellationToken cancellation) => _symbols.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkspaceSymbol>?> WorkspaceSymbolAsync(WorkspaceSymbolParams request, CancellationToken cancellation) => _symbols.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoldingRange>?> FoldingRangeAsync(FoldingRangeParams request, CancellationToken cancellation) => _folding.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SelectionRange>?> SelectionRangeAsync(SelectionRangeParams request, CancellationToken cancellation) => _selections.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentHighlight>?> DocumentHighlightAsync(DocumentHighlightParams request, CancellationToken cancellation) => _highlights.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Location>?> ReferencesAsync(ReferenceParams request, CancellationToken cancellation) => _references.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Location>?> DefinitionAsync(DefinitionParams request, CancellationToken cancellation) => _references.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<PrepareRenameResult?> PrepareRenameAsync(PrepareRenameParams request, CancellationToken cancellation) => _rename.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<WorkspaceEdit?> RenameAsync(RenameParams request, CancellationToken cancellation) => _rename.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DocumentLink>?> DocumentLinkAsync(DocumentLinkParams request, CancellationToken cancellation) => _links.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<SemanticTokens?> SemanticTokensAsync(SemanticTokensParams request, CancellationToken cancellation) => _tokens.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<SemanticTokensDelta?> SemanticTokensDeltaAsync(SemanticTokensDeltaParams request, CancellationToken cancellation) => _tokens.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<SemanticTokens?> SemanticTokensRangeAsync(SemanticTokensRangeParams request, CancellationToken cancellation) => _tokens.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InlayHint>?> InlayHintAsync(InlayHintParams request, CancellationToken cancellation) => _hints.AnswerAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<JsonElement?> ExecuteCommandAsync(ExecuteCommandParams request, CancellationToken cancellation) => _commands.AnswerAsync(request, cancellation);

    /// <summary>A client that dies without a word leaves a server that nobody can end: it ends itself.</summary>
    /// <param name="client">The client's process.</param>
    /// <param name="endsWithoutIt">Whether a process that is not there means that the client has ended; not where it may be one of another machine or container.</param>
    public void EndWith(int client, bool endsWithoutIt)
    {
        try
        {
            var process = Process.GetProcessById(client);
            process.EnableRaisingEvents = true;
            process.Exited += (_, _) => _clientEnd.TrySetResult();
            if (process.HasExited) _clientEnd.TrySetResult();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // Else the end of its pipe will tell.
            if (endsWithoutIt) _clientEnd.TrySetResult();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It may not be watched; the end of its pipe will tell.
        }
    }

    /// <summary>Ends what is at work for nobody any more.</summary>
    public void EndWork()
    {
        _publisher?.Dispose();
        _commands.CancelAll();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndWork();
        _commands.Dispose();
    }

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
