using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Navigation;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/documentHighlight</c>.</summary>
/// <param name="requests">The documents.</param>
internal sealed class HighlightHandler(DocumentRequests requests)
{
    /// <summary>Where else in the document is what is at a place.</summary>
    public Task<IReadOnlyList<DocumentHighlight>?> AnswerAsync(DocumentHighlightParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<DocumentHighlight>>(
        request.TextDocument.Uri,
        context =>
        [
            .. SpecHighlights.At(context.Spec, context.Mapper.ToOffset(request.Position)).Select(span => new DocumentHighlight(context.Mapper.ToRange(span)) { Kind = DocumentHighlightKind.Text }),
        ],
        cancellation);
}
