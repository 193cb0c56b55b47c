using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Platforms;
using InlayHint = VPythonTools.Lsp.Protocol.InlayHint;

namespace VPythonTools.Lsp.Presentation;

/// <summary>Answers <c>textDocument/inlayHint</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="client">Who asks.</param>
internal sealed class InlayHintHandler(DocumentRequests requests, LanguageClient client)
{
    /// <summary>The hints in a part of a document.</summary>
    public Task<IReadOnlyList<InlayHint>?> AnswerAsync(InlayHintParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<InlayHint>>(
        request.TextDocument.Uri,
        context =>
        [
            .. InlayHints.Of(context.Spec, context.Mapper.ToSpan(request.Range), CipdPlatform.Current).Select(hint => new InlayHint(context.Mapper.ToPosition(hint.Offset), hint.Text)
            {
                TextEdits = hint.Changes.IsEmpty ? null : context.Mapper.ToEdits(hint.Changes),
                Tooltip = client.Profile.HoverContent(hint.Tooltip),
                PaddingLeft = true,
            }),
        ],
        cancellation);
}
