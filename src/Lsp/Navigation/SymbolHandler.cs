using System.Text.Json;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Navigation;
using WorkspaceSymbol = VPythonTools.Lsp.Protocol.WorkspaceSymbol;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/documentSymbol</c> and <c>workspace/symbol</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="workspace">All documents.</param>
/// <param name="client">Who asks.</param>
internal sealed class SymbolHandler(DocumentRequests requests, ServerWorkspace workspace, LanguageClient client)
{
    /// <summary>The outline of a document.</summary>
    public Task<IReadOnlyList<JsonElement>?> AnswerAsync(DocumentSymbolParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<JsonElement>>(
        request.TextDocument.Uri,
        context =>
        {
            var symbols = SpecSymbols.Of(context.Spec);
            return client.Profile.HasSymbolTree
                ? [.. symbols.Select(symbol => ProtocolJson.ToElement(Convert(symbol, context.Mapper)))]
                : [.. symbols.SelectMany(symbol => Flatten(symbol, null, context)).Select(ProtocolJson.ToElement)];
        },
        cancellation);

    /// <summary>The wheels of all specs whose names fit.</summary>
    public Task<IReadOnlyList<WorkspaceSymbol>?> AnswerAsync(WorkspaceSymbolParams request, CancellationToken cancellation)
    {
        WorkspaceSnapshot snapshot = workspace.Current;
        var specs = new WorkspaceSpecs(workspace);
        return Task.Run<IReadOnlyList<WorkspaceSymbol>?>(
            () =>
            [
                .. WorkspaceSymbols.Find(specs.Of(snapshot, cancellation), request.Query).Select(symbol =>
                    new WorkspaceSymbol(symbol.Version is { } version ? $"{symbol.Name} {version}" : symbol.Name, SymbolKind.Package, specs.LocationOf(snapshot, symbol.Location.Spec.Text, symbol.Location.Span))
                    {
                        ContainerName = Path.GetFileName(symbol.Location.Spec.Path),
                    }),
            ],
            cancellation);
    }

    private static DocumentSymbol Convert(SpecSymbol symbol, PositionMapper mapper) => new(symbol.Name, KindOf(symbol.Kind), mapper.ToRange(symbol.Span), mapper.ToRange(symbol.SelectionSpan))
    {
        Detail = symbol.Detail,
        Children = symbol.Children.IsEmpty ? null : [.. symbol.Children.Select(child => Convert(child, mapper))],
    };

    private static IEnumerable<SymbolInformation> Flatten(SpecSymbol symbol, string? container, DocumentContext context) => symbol.Children
        .SelectMany(child => Flatten(child, symbol.Name, context))
        .Prepend(new(symbol.Name, KindOf(symbol.Kind), new(context.Document.Uri, context.Mapper.ToRange(symbol.Span))) { ContainerName = container });

    private static SymbolKind KindOf(SpecSymbolKind kind) => kind switch
    {
        SpecSymbolKind.Spec => SymbolKind.Namespace,
        SpecSymbolKind.Wheel => SymbolKind.Package,
        SpecSymbolKind.Tag => SymbolKind.Key,
        SpecSymbolKind.Message => SymbolKind.Object,
        _ => SymbolKind.Field,
    };
}
