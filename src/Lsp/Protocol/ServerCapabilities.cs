namespace VPythonTools.Lsp.Protocol;

/// <summary>What the server offers.</summary>
internal sealed record ServerCapabilities
{
    public required string PositionEncoding { get; init; }

    public required TextDocumentSyncOptions TextDocumentSync { get; init; }

    public WorkspaceServerCapabilities? Workspace { get; init; }

    public DiagnosticOptions? DiagnosticProvider { get; init; }

    public bool? DocumentFormattingProvider { get; init; }

    public bool? DocumentRangeFormattingProvider { get; init; }

    public DocumentOnTypeFormattingOptions? DocumentOnTypeFormattingProvider { get; init; }

    public CompletionOptions? CompletionProvider { get; init; }

    public bool? HoverProvider { get; init; }

    public CodeActionOptions? CodeActionProvider { get; init; }

    public CodeLensOptions? CodeLensProvider { get; init; }

    public bool? DocumentSymbolProvider { get; init; }

    public WorkspaceSymbolOptions? WorkspaceSymbolProvider { get; init; }

    public bool? FoldingRangeProvider { get; init; }

    public bool? SelectionRangeProvider { get; init; }

    public bool? DocumentHighlightProvider { get; init; }

    public bool? ReferencesProvider { get; init; }

    public bool? DefinitionProvider { get; init; }

    public RenameOptions? RenameProvider { get; init; }

    public DocumentLinkOptions? DocumentLinkProvider { get; init; }

    public SemanticTokensOptions? SemanticTokensProvider { get; init; }

    public InlayHintOptions? InlayHintProvider { get; init; }

    public ExecuteCommandOptions? ExecuteCommandProvider { get; init; }
}

/// <summary>How documents are kept in step.</summary>
internal sealed record TextDocumentSyncOptions
{
    public bool OpenClose { get; init; } = true;

    public TextDocumentSyncKind Change { get; init; } = TextDocumentSyncKind.Incremental;

    public SaveOptions? Save { get; init; }
}

/// <summary>What a client sends when it saves.</summary>
internal sealed record SaveOptions(bool IncludeText);

/// <summary>Whether changes come whole or in parts.</summary>
internal enum TextDocumentSyncKind
{
    None,
    Full,
    Incremental,
}

/// <summary>What is offered for all documents together.</summary>
internal sealed record WorkspaceServerCapabilities(WorkspaceFoldersServerCapabilities WorkspaceFolders);

/// <summary>How the server follows the client's directories.</summary>
internal sealed record WorkspaceFoldersServerCapabilities(bool Supported, bool ChangeNotifications);

/// <summary>How diagnostics can be asked for.</summary>
internal sealed record DiagnosticOptions(string Identifier, bool InterFileDependencies, bool WorkspaceDiagnostics)
{
    public bool WorkDoneProgress { get; init; } = true;
}

/// <summary>The characters behind which text is laid out while it is typed.</summary>
internal sealed record DocumentOnTypeFormattingOptions(string FirstTriggerCharacter, IReadOnlyList<string> MoreTriggerCharacter);

/// <summary>When completion comes by itself.</summary>
internal sealed record CompletionOptions(IReadOnlyList<string> TriggerCharacters, bool ResolveProvider);

/// <summary>Which kinds of code actions there are.</summary>
internal sealed record CodeActionOptions(IReadOnlyList<string> CodeActionKinds, bool ResolveProvider);

/// <summary>Whether code lenses are completed later.</summary>
internal sealed record CodeLensOptions(bool ResolveProvider);

/// <summary>Whether symbols are completed later.</summary>
internal sealed record WorkspaceSymbolOptions(bool ResolveProvider);

/// <summary>Whether a name can be looked at before it is changed.</summary>
internal sealed record RenameOptions(bool PrepareProvider);

/// <summary>Whether links are completed later.</summary>
internal sealed record DocumentLinkOptions(bool ResolveProvider);

/// <summary>Whether hints are completed later.</summary>
internal sealed record InlayHintOptions(bool ResolveProvider);

/// <summary>The commands.</summary>
internal sealed record ExecuteCommandOptions(IReadOnlyList<string> Commands)
{
    public bool WorkDoneProgress { get; init; } = true;
}

/// <summary>How tokens are numbered, and which requests there are.</summary>
internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend, SemanticTokensFullDelta Full, bool Range);

/// <summary>What the numbers of tokens mean.</summary>
internal sealed record SemanticTokensLegend(IReadOnlyList<string> TokenTypes, IReadOnlyList<string> TokenModifiers);

/// <summary>Whether only what changed can be asked for.</summary>
internal sealed record SemanticTokensFullDelta(bool Delta);
