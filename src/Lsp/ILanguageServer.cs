using System.Text.Json;
using PolyType;
using StreamJsonRpc;
using VPythonTools.Lsp.Protocol;

namespace VPythonTools.Lsp;

/// <summary>The requests and notifications that the server understands, under the names of the Language Server Protocol.</summary>
[JsonRpcContract]
[GenerateShape(IncludeMethods = MethodShapeFlags.PublicInstance)]
internal partial interface ILanguageServer
{
    /// <summary>Opens the conversation; comes first and once.</summary>
    [JsonRpcMethod("initialize")]
    Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellation);

    /// <summary>The client has read the answer to <c>initialize</c>.</summary>
    [JsonRpcMethod("initialized")]
    Task InitializedAsync(CancellationToken cancellation);

    /// <summary>Ends the work, not the process.</summary>
    [JsonRpcMethod("shutdown")]
    Task<object?> ShutdownAsync(CancellationToken cancellation);

    /// <summary>How much the client wants to hear.</summary>
    [JsonRpcMethod("$/setTrace")]
    Task SetTraceAsync(SetTraceParams notification, CancellationToken cancellation);

    /// <summary>The person ends something that shows its progress.</summary>
    [JsonRpcMethod("window/workDoneProgress/cancel")]
    Task CancelProgressAsync(WorkDoneProgressCancelParams notification, CancellationToken cancellation);

    /// <summary>A document is open.</summary>
    [JsonRpcMethod("textDocument/didOpen")]
    Task DidOpenAsync(DidOpenTextDocumentParams notification, CancellationToken cancellation);

    /// <summary>A document has changed.</summary>
    [JsonRpcMethod("textDocument/didChange")]
    Task DidChangeAsync(DidChangeTextDocumentParams notification, CancellationToken cancellation);

    /// <summary>A document is saved.</summary>
    [JsonRpcMethod("textDocument/didSave")]
    Task DidSaveAsync(DidSaveTextDocumentParams notification, CancellationToken cancellation);

    /// <summary>A document is closed.</summary>
    [JsonRpcMethod("textDocument/didClose")]
    Task DidCloseAsync(DidCloseTextDocumentParams notification, CancellationToken cancellation);

    /// <summary>Settings have changed.</summary>
    [JsonRpcMethod("workspace/didChangeConfiguration")]
    Task DidChangeConfigurationAsync(DidChangeConfigurationParams notification, CancellationToken cancellation);

    /// <summary>Directories have come or gone.</summary>
    [JsonRpcMethod("workspace/didChangeWorkspaceFolders")]
    Task DidChangeWorkspaceFoldersAsync(DidChangeWorkspaceFoldersParams notification, CancellationToken cancellation);

    /// <summary>Files have changed on the disk.</summary>
    [JsonRpcMethod("workspace/didChangeWatchedFiles")]
    Task DidChangeWatchedFilesAsync(DidChangeWatchedFilesParams notification, CancellationToken cancellation);

    /// <summary>The findings of a document.</summary>
    [JsonRpcMethod("textDocument/diagnostic")]
    Task<DocumentDiagnosticReport> DocumentDiagnosticAsync(DocumentDiagnosticParams request, CancellationToken cancellation);

    /// <summary>The findings of all documents.</summary>
    [JsonRpcMethod("workspace/diagnostic")]
    Task<WorkspaceDiagnosticReport> WorkspaceDiagnosticAsync(WorkspaceDiagnosticParams request, CancellationToken cancellation);

    /// <summary>The canonical style of a document.</summary>
    [JsonRpcMethod("textDocument/formatting")]
    Task<IReadOnlyList<TextEdit>?> FormattingAsync(DocumentFormattingParams request, CancellationToken cancellation);

    /// <summary>The canonical style of a part.</summary>
    [JsonRpcMethod("textDocument/rangeFormatting")]
    Task<IReadOnlyList<TextEdit>?> RangeFormattingAsync(DocumentRangeFormattingParams request, CancellationToken cancellation);

    /// <summary>The canonical style of what was typed.</summary>
    [JsonRpcMethod("textDocument/onTypeFormatting")]
    Task<IReadOnlyList<TextEdit>?> OnTypeFormattingAsync(DocumentOnTypeFormattingParams request, CancellationToken cancellation);

    /// <summary>What can be written at a place.</summary>
    [JsonRpcMethod("textDocument/completion")]
    Task<CompletionList?> CompletionAsync(CompletionParams request, CancellationToken cancellation);

    /// <summary>The rest of one thing that can be written.</summary>
    [JsonRpcMethod("completionItem/resolve")]
    Task<CompletionItem> ResolveCompletionAsync(CompletionItem request, CancellationToken cancellation);

    /// <summary>What is at a place.</summary>
    [JsonRpcMethod("textDocument/hover")]
    Task<Hover?> HoverAsync(HoverParams request, CancellationToken cancellation);

    /// <summary>What can be done to a part.</summary>
    [JsonRpcMethod("textDocument/codeAction")]
    Task<IReadOnlyList<CodeAction>?> CodeActionAsync(CodeActionParams request, CancellationToken cancellation);

    /// <summary>The edits of something that can be done.</summary>
    [JsonRpcMethod("codeAction/resolve")]
    Task<CodeAction> ResolveCodeActionAsync(CodeAction request, CancellationToken cancellation);

    /// <summary>What can be clicked above lines.</summary>
    [JsonRpcMethod("textDocument/codeLens")]
    Task<IReadOnlyList<CodeLens>?> CodeLensAsync(CodeLensParams request, CancellationToken cancellation);

    /// <summary>The outline; <see cref="DocumentSymbol"/>s or <see cref="SymbolInformation"/>, as the client can show them.</summary>
    [JsonRpcMethod("textDocument/documentSymbol")]
    Task<IReadOnlyList<JsonElement>?> DocumentSymbolAsync(DocumentSymbolParams request, CancellationToken cancellation);

    /// <summary>Parts of all documents by their names.</summary>
    [JsonRpcMethod("workspace/symbol")]
    Task<IReadOnlyList<WorkspaceSymbol>?> WorkspaceSymbolAsync(WorkspaceSymbolParams request, CancellationToken cancellation);

    /// <summary>What can be folded.</summary>
    [JsonRpcMethod("textDocument/foldingRange")]
    Task<IReadOnlyList<FoldingRange>?> FoldingRangeAsync(FoldingRangeParams request, CancellationToken cancellation);

    /// <summary>What is around places.</summary>
    [JsonRpcMethod("textDocument/selectionRange")]
    Task<IReadOnlyList<SelectionRange>?> SelectionRangeAsync(SelectionRangeParams request, CancellationToken cancellation);

    /// <summary>Where else in the document it is.</summary>
    [JsonRpcMethod("textDocument/documentHighlight")]
    Task<IReadOnlyList<DocumentHighlight>?> DocumentHighlightAsync(DocumentHighlightParams request, CancellationToken cancellation);

    /// <summary>Where in all documents it is.</summary>
    [JsonRpcMethod("textDocument/references")]
    Task<IReadOnlyList<Location>?> ReferencesAsync(ReferenceParams request, CancellationToken cancellation);

    /// <summary>Where it comes from.</summary>
    [JsonRpcMethod("textDocument/definition")]
    Task<IReadOnlyList<Location>?> DefinitionAsync(DefinitionParams request, CancellationToken cancellation);

    /// <summary>The name that can be changed.</summary>
    [JsonRpcMethod("textDocument/prepareRename")]
    Task<PrepareRenameResult?> PrepareRenameAsync(PrepareRenameParams request, CancellationToken cancellation);

    /// <summary>The edits that change a name everywhere.</summary>
    [JsonRpcMethod("textDocument/rename")]
    Task<WorkspaceEdit?> RenameAsync(RenameParams request, CancellationToken cancellation);

    /// <summary>The links.</summary>
    [JsonRpcMethod("textDocument/documentLink")]
    Task<IReadOnlyList<DocumentLink>?> DocumentLinkAsync(DocumentLinkParams request, CancellationToken cancellation);

    /// <summary>The tokens of a document.</summary>
    [JsonRpcMethod("textDocument/semanticTokens/full")]
    Task<SemanticTokens?> SemanticTokensAsync(SemanticTokensParams request, CancellationToken cancellation);

    /// <summary>What changed in the tokens of a document.</summary>
    [JsonRpcMethod("textDocument/semanticTokens/full/delta")]
    Task<SemanticTokensDelta?> SemanticTokensDeltaAsync(SemanticTokensDeltaParams request, CancellationToken cancellation);

    /// <summary>The tokens of a part.</summary>
    [JsonRpcMethod("textDocument/semanticTokens/range")]
    Task<SemanticTokens?> SemanticTokensRangeAsync(SemanticTokensRangeParams request, CancellationToken cancellation);

    /// <summary>Text that is shown and is not there.</summary>
    [JsonRpcMethod("textDocument/inlayHint")]
    Task<IReadOnlyList<InlayHint>?> InlayHintAsync(InlayHintParams request, CancellationToken cancellation);

    /// <summary>Runs a command.</summary>
    [JsonRpcMethod("workspace/executeCommand")]
    Task<JsonElement?> ExecuteCommandAsync(ExecuteCommandParams request, CancellationToken cancellation);
}
