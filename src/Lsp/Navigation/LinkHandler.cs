using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Navigation;
using DocumentLink = VPythonTools.Lsp.Protocol.DocumentLink;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/documentLink</c>.</summary>
/// <param name="requests">The documents.</param>
internal sealed class LinkHandler(DocumentRequests requests)
{
    /// <summary>The links of a document.</summary>
    public Task<IReadOnlyList<DocumentLink>?> AnswerAsync(DocumentLinkParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<DocumentLink>>(
        request.TextDocument.Uri,
        context =>
        [
            .. DocumentLinks.Of(context.Spec).Select(link => new DocumentLink(context.Mapper.ToRange(link.Span))
            {
                Target = link.Kind == DocumentLinkKind.File ? WorkspaceSpecs.UriOf(context.Snapshot, link.Target) : link.Target,
                Tooltip = link.Tooltip,
            }),
        ],
        cancellation);
}
