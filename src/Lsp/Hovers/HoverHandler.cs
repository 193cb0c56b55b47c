using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Hover;

namespace VPythonTools.Lsp.Hovers;

/// <summary>Answers <c>textDocument/hover</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="client">Who asks.</param>
internal sealed class HoverHandler(DocumentRequests requests, LanguageClient client)
{
    /// <summary>What there is to know of a place.</summary>
    public Task<Hover?> AnswerAsync(HoverParams request, CancellationToken cancellation) => requests.AnswerAsync(
        request.TextDocument.Uri,
        context => SpecHover.Find(context.Spec, context.Mapper.ToOffset(request.Position)) is { } found
            ? new Hover(client.Profile.HoverContent(found.Markdown)) { Range = context.Mapper.ToRange(found.Span) }
            : null,
        cancellation);
}
