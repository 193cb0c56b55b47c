using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.SpecLang.Features.Navigation;
using FoldingRange = VPythonTools.Lsp.Protocol.FoldingRange;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/foldingRange</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="client">Who asks.</param>
internal sealed class FoldingHandler(DocumentRequests requests, LanguageClient client)
{
    /// <summary>What can be folded.</summary>
    public Task<IReadOnlyList<FoldingRange>?> AnswerAsync(FoldingRangeParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<FoldingRange>>(
        request.TextDocument.Uri,
        context =>
        [
            .. FoldingRanges.Of(context.Spec).Select(folding =>
            {
                Protocol.Range range = context.Mapper.ToRange(folding.Span);
                bool foldsLines = client.Profile.FoldsLines;
                return new FoldingRange(range.Start.Line, range.End.Line)
                {
                    StartCharacter = foldsLines ? null : range.Start.Character,
                    EndCharacter = foldsLines ? null : range.End.Character,
                    Kind = folding.Kind switch { FoldingKind.Comment => "comment", FoldingKind.Region => "region", _ => null },
                };
            }),
        ],
        cancellation);
}
