using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Navigation;

namespace VPythonTools.Lsp.Navigation;

/// <summary>Answers <c>textDocument/prepareRename</c> and <c>textDocument/rename</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="workspace">All documents.</param>
/// <param name="specs">All specs.</param>
/// <param name="client">Who asks.</param>
internal sealed class RenameHandler(DocumentRequests requests, ServerWorkspace workspace, WorkspaceSpecs specs, LanguageClient client)
{
    /// <summary>The name at a place; null where none can be changed.</summary>
    public Task<PrepareRenameResult?> AnswerAsync(PrepareRenameParams request, CancellationToken cancellation) => requests.AnswerAsync(
        request.TextDocument.Uri,
        context => WheelRename.Prepare(context.Spec, context.Mapper.ToOffset(request.Position)) is { } target ? new PrepareRenameResult(context.Mapper.ToRange(target.Span), target.Name) : null,
        cancellation);

    /// <summary>The edits that change it in all specs.</summary>
    public Task<WorkspaceEdit?> AnswerAsync(RenameParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync(
        request.TextDocument.Uri,
        context =>
        {
            RenameResult renamed = WheelRename.Rename(specs.Of(context.Snapshot, context.Cancellation), context.Spec, context.Mapper.ToOffset(request.Position), request.NewName);
            if (renamed.Error is { } error) throw DocumentRequests.Refuse(error);
            var edits = new WorkspaceEdits(workspace, context.Snapshot, client.Profile);
            foreach (SpecEdit edit in renamed.Edits) edits.Change(edit.Spec.Text, edit.Changes);
            return edits.Build();
        },
        cancellation);
}
