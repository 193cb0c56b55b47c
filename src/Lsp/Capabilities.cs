using VPythonTools.Lsp.Actions;
using VPythonTools.Lsp.Commands;
using VPythonTools.Lsp.Completion;
using VPythonTools.Lsp.Formatting;
using VPythonTools.Lsp.Presentation;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp;

/// <summary>What the server says that it can do.</summary>
internal static class Capabilities
{
    /// <summary>The capabilities, for a client of these.</summary>
    public static ServerCapabilities For(ClientProfile client) => new()
    {
        PositionEncoding = client.CountsBytes ? PositionEncodingKind.Utf8 : PositionEncodingKind.Utf16,
        TextDocumentSync = new() { Save = new(IncludeText: false) },
        Workspace = new(new(Supported: true, ChangeNotifications: true)),
        DiagnosticProvider = new("vpython", InterFileDependencies: true, WorkspaceDiagnostics: true),
        DocumentFormattingProvider = true,
        DocumentRangeFormattingProvider = true,
        DocumentOnTypeFormattingProvider = FormattingHandler.Triggers,
        CompletionProvider = CompletionHandler.Options,
        HoverProvider = true,
        CodeActionProvider = CodeActionHandler.Options,
        CodeLensProvider = new(ResolveProvider: false),
        DocumentSymbolProvider = true,
        WorkspaceSymbolProvider = new(ResolveProvider: false),
        FoldingRangeProvider = true,
        SelectionRangeProvider = true,
        DocumentHighlightProvider = true,
        ReferencesProvider = true,
        DefinitionProvider = true,
        RenameProvider = new(PrepareProvider: true),
        DocumentLinkProvider = new(ResolveProvider: false),
        InlayHintProvider = new(ResolveProvider: false),
        ExecuteCommandProvider = new(CommandNames.OfServer),
        SemanticTokensProvider = SemanticTokenHandler.Options,
    };
}
