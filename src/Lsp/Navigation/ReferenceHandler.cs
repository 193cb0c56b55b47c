using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Navigation;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/references</c> and <c>textDocument/definition</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="specs">All specs.</param>
internal sealed class ReferenceHandler(DocumentRequests requests, WorkspaceSpecs specs)
{
    /// <summary>Where the wheel at a place is in all specs. Each place is one of its declarations: the wish to leave those out would leave nothing.</summary>
    public Task<IReadOnlyList<Location>?> AnswerAsync(ReferenceParams request, CancellationToken cancellation) => requests.AnswerAsync<IReadOnlyList<Location>>(
        request.TextDocument.Uri,
        context =>
        [
            .. WheelReferences.Find(specs.Of(context.Snapshot, context.Cancellation), context.Spec, context.Mapper.ToOffset(request.Position))
                .Select(found => specs.LocationOf(context.Snapshot, found.Spec.Text, found.Span)),
        ],
        cancellation);

    /// <summary>Where what is at a place comes from.</summary>
    public Task<IReadOnlyList<Location>?> AnswerAsync(DefinitionParams request, CancellationToken cancellation) => requests.AnswerAsync<IReadOnlyList<Location>>(
        request.TextDocument.Uri,
        context =>
        [
            .. SpecDefinitions.Find(specs.Of(context.Snapshot, context.Cancellation), context.Spec, context.Mapper.ToOffset(request.Position))
                .Select(found => specs.LocationOf(context.Snapshot, found.Path, found.Span)),
        ],
        cancellation);
}
