using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Hover;

namespace VPythonTools.Lsp.Workspace;

/// <summary>What the client can do, as far as answers depend on it.</summary>
internal sealed class ClientProfile
{
    private readonly ClientCapabilities _capabilities;

    /// <summary>Reads what a client says of itself.</summary>
    public ClientProfile(ClientCapabilities? capabilities) => _capabilities = capabilities ?? new();

    /// <summary>Whether columns can count bytes, which needs no counting here.</summary>
    public bool CountsBytes => _capabilities.General?.PositionEncodings?.Contains(PositionEncodingKind.Utf8) == true;

    /// <summary>Whether diagnostics are asked for, so that none are sent.</summary>
    public bool PullsDiagnostics => _capabilities.TextDocument?.Diagnostic is not null;

    /// <summary>Whether diagnostics can be asked for again.</summary>
    public bool RefreshesDiagnostics => _capabilities.Workspace?.Diagnostics?.RefreshSupport == true;

    /// <summary>Whether code lenses can be asked for again.</summary>
    public bool RefreshesCodeLenses => _capabilities.Workspace?.CodeLens?.RefreshSupport == true;

    /// <summary>Whether inlay hints can be asked for again.</summary>
    public bool RefreshesInlayHints => _capabilities.Workspace?.InlayHint?.RefreshSupport == true;

    /// <summary>Whether semantic tokens can be asked for again.</summary>
    public bool RefreshesSemanticTokens => _capabilities.Workspace?.SemanticTokens?.RefreshSupport == true;

    /// <summary>Whether settings can be asked for.</summary>
    public bool HasConfiguration => _capabilities.Workspace?.Configuration == true;

    /// <summary>Whether changes of settings are told on demand.</summary>
    public bool RegistersConfiguration => _capabilities.Workspace?.DidChangeConfiguration?.DynamicRegistration == true;

    /// <summary>Whether files are watched on demand.</summary>
    public bool WatchesFiles => _capabilities.Workspace?.DidChangeWatchedFiles?.DynamicRegistration == true;

    /// <summary>Whether a watched pattern can be relative to a directory.</summary>
    public bool HasRelativePatterns => _capabilities.Workspace?.DidChangeWatchedFiles?.RelativePatternSupport == true;

    /// <summary>Whether edits can name versions of documents.</summary>
    public bool HasVersionedEdits => _capabilities.Workspace?.WorkspaceEdit?.DocumentChanges == true;

    /// <summary>Whether edits can make files.</summary>
    public bool CreatesFiles => HasVersionedEdits && _capabilities.Workspace?.WorkspaceEdit?.ResourceOperations?.Contains("create") == true;

    /// <summary>Whether edits can delete files.</summary>
    public bool DeletesFiles => HasVersionedEdits && _capabilities.Workspace?.WorkspaceEdit?.ResourceOperations?.Contains("delete") == true;

    /// <summary>Whether the client makes edits that a command asks for.</summary>
    public bool AppliesEdits => _capabilities.Workspace?.ApplyEdit == true;

    /// <summary>Whether the client shows progress.</summary>
    public bool ShowsProgress => _capabilities.Window?.WorkDoneProgress == true;

    /// <summary>Whether completions may have places to fill in.</summary>
    public bool HasSnippets => _capabilities.TextDocument?.Completion?.CompletionItem?.SnippetSupport == true;

    /// <summary>Whether the outline is a tree.</summary>
    public bool HasSymbolTree => _capabilities.TextDocument?.DocumentSymbol?.HierarchicalDocumentSymbolSupport == true;

    /// <summary>Whether edits of code actions are asked for when one is chosen.</summary>
    public bool ResolvesCodeActions => _capabilities.TextDocument?.CodeAction is { DataSupport: true, ResolveSupport: { } resolved } && resolved.Properties.Contains("edit");

    /// <summary>Whether actions are shown that cannot be done, with the reason.</summary>
    public bool ShowsDisabledActions => _capabilities.TextDocument?.CodeAction?.DisabledSupport == true;

    /// <summary>Whether only whole lines are folded.</summary>
    public bool FoldsLines => _capabilities.TextDocument?.FoldingRange?.LineFoldingOnly == true;

    /// <summary>Markdown as a hover, or a hint, shows it: as text where the client shows nothing else.</summary>
    public MarkupContent HoverContent(string markdown) => ContentOf(_capabilities.TextDocument?.Hover?.ContentFormat, markdown);

    /// <summary>Markdown as the documentation of a completion is shown.</summary>
    public MarkupContent CompletionContent(string markdown) => ContentOf(_capabilities.TextDocument?.Completion?.CompletionItem?.DocumentationFormat, markdown);

    private static MarkupContent ContentOf(IReadOnlyList<string>? formats, string markdown) =>
        formats?.Contains(MarkupContent.Markdown) == true ? new(MarkupContent.Markdown, markdown) : new(MarkupContent.PlainText, PlainText.Of(markdown));
}
