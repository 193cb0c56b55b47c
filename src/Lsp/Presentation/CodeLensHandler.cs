using VPythonTools.Lsp.Commands;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Presentation;
using CodeLens = VPythonTools.Lsp.Protocol.CodeLens;
using FoundLens = VPythonTools.SpecLang.Features.Presentation.CodeLens;

namespace VPythonTools.Lsp.Presentation;

/// <summary>Answers <c>textDocument/codeLens</c>.</summary>
/// <param name="requests">The documents.</param>
/// <param name="workspace">What the client can do and wants.</param>
/// <param name="environments">What is known of environments.</param>
internal sealed class CodeLensHandler(DocumentRequests requests, ServerWorkspace workspace, KnownEnvironments environments)
{
    /// <summary>What can be clicked above a spec or script.</summary>
    public Task<IReadOnlyList<CodeLens>?> AnswerAsync(CodeLensParams request, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<CodeLens>>(
        request.TextDocument.Uri,
        context =>
        [
            .. CodeLenses.Of(context.Spec, environments.StateOf(context.Document.Text))
                .Where(lens => lens.Action != CodeLensAction.Run || workspace.Settings.RunsScripts)
                .Select(lens => new CodeLens(context.Mapper.ToRange(lens.Span)) { Command = CommandOf(lens, context) }),
        ],
        cancellation);

    private static Command CommandOf(FoundLens lens, DocumentContext context)
    {
        string name = lens.Action switch
        {
            CodeLensAction.ExplainSpec => CommandNames.ExplainSpec,
            CodeLensAction.ShowEnvironment => CommandNames.ShowEnvironment,
            CodeLensAction.Run => CommandNames.RunScript,
            CodeLensAction.InstallEnvironment => CommandNames.InstallEnvironment,
            _ => CommandNames.UpgradeWheels,
        };
        // A command about a document names that; only what is run or opened is another file.
        string target = lens.Action == CodeLensAction.Run && lens.Target is { } path ? WorkspaceSpecs.UriOf(context.Snapshot, path) : context.Document.Uri;
        return new(lens.Title, name) { Arguments = [ProtocolJson.ToElement(target)] };
    }
}
