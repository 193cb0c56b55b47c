namespace VPythonTools.Lsp.Protocol;

/// <summary>What a client can do, as far as it matters here.</summary>
internal sealed record ClientCapabilities
{
    public GeneralClientCapabilities? General { get; init; }

    public WorkspaceClientCapabilities? Workspace { get; init; }

    public TextDocumentClientCapabilities? TextDocument { get; init; }

    public WindowClientCapabilities? Window { get; init; }
}

/// <summary>What belongs to no feature.</summary>
internal sealed record GeneralClientCapabilities
{
    /// <summary>The encodings in which the client can count columns, the preferred one first; absent means UTF-16 only.</summary>
    public IReadOnlyList<string>? PositionEncodings { get; init; }
}

/// <summary>What a client can do with its windows.</summary>
internal sealed record WindowClientCapabilities
{
    public bool? WorkDoneProgress { get; init; }
}

/// <summary>What a client can do for all of its documents together.</summary>
internal sealed record WorkspaceClientCapabilities
{
    public bool? ApplyEdit { get; init; }

    public WorkspaceEditClientCapabilities? WorkspaceEdit { get; init; }

    public DynamicRegistrationCapability? DidChangeConfiguration { get; init; }

    public DidChangeWatchedFilesClientCapabilities? DidChangeWatchedFiles { get; init; }

    public bool? WorkspaceFolders { get; init; }

    public bool? Configuration { get; init; }

    public RefreshCapability? SemanticTokens { get; init; }

    public RefreshCapability? CodeLens { get; init; }

    public RefreshCapability? InlayHint { get; init; }

    public RefreshCapability? Diagnostics { get; init; }
}

/// <summary>Whether something can be registered later.</summary>
internal sealed record DynamicRegistrationCapability
{
    public bool? DynamicRegistration { get; init; }
}

/// <summary>Whether the server can ask for what it computes to be asked for again.</summary>
internal sealed record RefreshCapability
{
    public bool? RefreshSupport { get; init; }
}

/// <summary>What edits the client understands.</summary>
internal sealed record WorkspaceEditClientCapabilities
{
    public bool? DocumentChanges { get; init; }

    public IReadOnlyList<string>? ResourceOperations { get; init; }
}

/// <summary>Whether the client watches files for the server.</summary>
internal sealed record DidChangeWatchedFilesClientCapabilities
{
    public bool? DynamicRegistration { get; init; }

    public bool? RelativePatternSupport { get; init; }
}

/// <summary>What a client can do with one document.</summary>
internal sealed record TextDocumentClientCapabilities
{
    public CompletionClientCapabilities? Completion { get; init; }

    public HoverClientCapabilities? Hover { get; init; }

    public DocumentSymbolClientCapabilities? DocumentSymbol { get; init; }

    public CodeActionClientCapabilities? CodeAction { get; init; }

    public PublishDiagnosticsClientCapabilities? PublishDiagnostics { get; init; }

    public DiagnosticClientCapabilities? Diagnostic { get; init; }

    public FoldingRangeClientCapabilities? FoldingRange { get; init; }
}

/// <summary>How the client shows completions.</summary>
internal sealed record CompletionClientCapabilities
{
    public CompletionItemClientCapabilities? CompletionItem { get; init; }
}

/// <summary>What an item of a completion may hold.</summary>
internal sealed record CompletionItemClientCapabilities
{
    public bool? SnippetSupport { get; init; }

    public IReadOnlyList<string>? DocumentationFormat { get; init; }
}

/// <summary>How the client shows what is under the pointer.</summary>
internal sealed record HoverClientCapabilities
{
    public IReadOnlyList<string>? ContentFormat { get; init; }
}

/// <summary>How the client shows symbols.</summary>
internal sealed record DocumentSymbolClientCapabilities
{
    public bool? HierarchicalDocumentSymbolSupport { get; init; }
}

/// <summary>How the client takes code actions.</summary>
internal sealed record CodeActionClientCapabilities
{
    public CodeActionResolveCapability? ResolveSupport { get; init; }

    public bool? DataSupport { get; init; }

    public bool? DisabledSupport { get; init; }
}

/// <summary>What of a code action can be asked for later.</summary>
internal sealed record CodeActionResolveCapability(IReadOnlyList<string> Properties);

/// <summary>How the client shows diagnostics that it is sent.</summary>
internal sealed record PublishDiagnosticsClientCapabilities
{
    public bool? RelatedInformation { get; init; }

    public bool? CodeDescriptionSupport { get; init; }

    public bool? DataSupport { get; init; }
}

/// <summary>How the client asks for diagnostics.</summary>
internal sealed record DiagnosticClientCapabilities
{
    public bool? DynamicRegistration { get; init; }

    public bool? RelatedDocumentSupport { get; init; }
}

/// <summary>How the client folds.</summary>
internal sealed record FoldingRangeClientCapabilities
{
    public bool? LineFoldingOnly { get; init; }
}
