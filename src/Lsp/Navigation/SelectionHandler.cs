using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/selectionRange</c>.</summary>
/// <param name="requests">The documents.</param>
internal sealed class SelectionHandler(DocumentRequests requests)
{
    /// <summary>What is around each place: one answer for each, in their order.</summary>
    public Task<IReadOnlyList<SelectionRange>?> AnswerAsync(SelectionRangeParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<SelectionRange>>(
        request.TextDocument.Uri,
        context => [.. request.Positions.Select(position => At(context, position))],
        cancellation);

    private static SelectionRange At(DocumentContext context, Position position)
    {
        SelectionRange? around = null;
        foreach (TextSpan span in SelectionRanges.At(context.Spec, context.Mapper.ToOffset(position)).Reverse()) around = new(context.Mapper.ToRange(span)) { Parent = around };
        return around ?? new(new(position, position));
    }
}
