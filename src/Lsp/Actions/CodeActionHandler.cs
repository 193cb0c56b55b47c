using System.Text.Json;
using VPythonTools.Lsp.Diagnostics;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Features.Actions;

namespace VPythonTools.Lsp.Actions;

/// <summary>Answers <c>textDocument/codeAction</c> and <c>codeAction/resolve</c>. What an action changes is computed when it is chosen, where the client can wait for that.</summary>
/// <param name="requests">The documents.</param>
/// <param name="workspace">All documents.</param>
/// <param name="engine">Finds what is wrong.</param>
/// <param name="client">Who asks.</param>
internal sealed class CodeActionHandler(DocumentRequests requests, ServerWorkspace workspace, DiagnosticEngine engine, LanguageClient client)
{
    /// <summary>The kinds of actions.</summary>
    public static CodeActionOptions Options { get; } = new([.. Enum.GetValues<SpecActionKind>().Select(NameOf).Distinct()], ResolveProvider: true);

    /// <summary>What can be done to a part of a document.</summary>
    public Task<IReadOnlyList<CodeAction>?> AnswerAsync(CodeActionParams request, DiagnosticConverter converter, CancellationToken cancellation) => requests.AnswerCurrentAsync<IReadOnlyList<CodeAction>>(
        request.TextDocument.Uri,
        context =>
        {
            DocumentFindings findings = engine.Of(context.Document, cancellation);
            IEnumerable<SpecAction> actions = SpecActions.List(context.Spec, findings.Diagnostics, context.Mapper.ToSpan(request.Range)).Where(action => IsWanted(action, request.Context.Only));
            return [.. actions.Select(action => Convert(action, context, findings, converter))];
        },
        cancellation);

    /// <summary>What an action changes.</summary>
    public async Task<CodeAction> ResolveAsync(CodeAction action, CancellationToken cancellation)
    {
        if (action.Data is not { ValueKind: JsonValueKind.Object } data || !data.TryGetProperty("key", out _)) return action;
        CodeActionData? asked = Read(data);
        if (asked is null) return action;
        CodeAction? resolved = await requests.AnswerCurrentAsync(
            asked.Uri,
            context =>
            {
                if (context.Document.Open?.Version != asked.Version) throw DocumentRequests.Outdated();
                return Resolve(context, engine.Of(context.Document, cancellation), asked.Key, isChosen: true) is { } edit ? action with { Edit = edit } : null;
            },
            cancellation).ConfigureAwait(false);
        return resolved ?? throw DocumentRequests.Refuse($"'{action.Title}' has nothing to change any more");
    }

    private CodeAction Convert(SpecAction action, DocumentContext context, DocumentFindings findings, DiagnosticConverter converter)
    {
        bool isLater = client.Profile.ResolvesCodeActions;
        return new(action.Title)
        {
            Kind = NameOf(action.Kind),
            Diagnostics = action.Diagnostic is { } mended ? [converter.Convert(mended, context.Mapper, context.Snapshot)] : null,
            IsPreferred = action.IsPreferred ? true : null,
            Disabled = action.Refusal is { } reason ? new(reason) : null,
            Edit = action.Refusal is null && !isLater ? Resolve(context, findings, action.Key, isChosen: false) : null,
            Data = action.Refusal is null && isLater ? ProtocolJson.ToElement(new CodeActionData(context.Document.Uri, context.Document.Open?.Version ?? 0, action.Key)) : null,
        };
    }

    private WorkspaceEdit? Resolve(DocumentContext context, DocumentFindings findings, string key, bool isChosen)
    {
        if (SpecActions.Resolve(context.Spec, findings.Diagnostics, key) is not { } change) return null;
        if (isChosen) foreach (string note in change.Notes) client.Log(MessageType.Info, note);
        var edits = new WorkspaceEdits(workspace, context.Snapshot, client.Profile);
        foreach (FileChange file in change.Files)
        {
            switch (file)
            {
                case FileChange.Edit edit:
                    edits.Change(edit.Before, edit.Changes);
                    break;
                case FileChange.Creation creation:
                    edits.Create(creation.Path, creation.Text);
                    break;
                case FileChange.Deletion deletion:
                    edits.Delete(deletion.Path);
                    break;
            }
        }
        return edits.Build();
    }

    /// <summary>Whether the client asked for actions of the kind, or of one around it, and can do what it needs.</summary>
    private bool IsWanted(SpecAction action, IReadOnlyList<string>? only)
    {
        if (action.Kind == SpecActionKind.Move && !(client.Profile.CreatesFiles && client.Profile.DeletesFiles)) return false;
        if (action.Refusal is not null && !client.Profile.ShowsDisabledActions) return false;
        string kind = NameOf(action.Kind);
        return only is null || only.Any(asked => asked.Length == 0 || kind == asked || kind.StartsWith(asked + ".", StringComparison.Ordinal));
    }

    private static CodeActionData? Read(JsonElement data)
    {
        try
        {
            return data.Deserialize(ProtocolJson.Default.CodeActionData);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string NameOf(SpecActionKind kind) => kind switch
    {
        SpecActionKind.FixAll => "source.fixAll.vpython",
        SpecActionKind.Format => "source.format.vpython",
        SpecActionKind.Sort => "source.sortWheels.vpython",
        SpecActionKind.AddWheels => "refactor.rewrite.addWheels.vpython",
        SpecActionKind.Upgrade => "refactor.rewrite.upgradeWheels.vpython",
        SpecActionKind.Move => "refactor.move.vpython",
        _ => "quickfix",
    };
}
