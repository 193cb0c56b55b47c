using System.Text.Json;

namespace VPythonTools.Lsp.Protocol;

/// <summary>Asks what can be done to a part of a document.</summary>
internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, CodeActionContext Context);

/// <summary>Why it is asked.</summary>
internal sealed record CodeActionContext(IReadOnlyList<Diagnostic> Diagnostics)
{
    public IReadOnlyList<string>? Only { get; init; }

    public int? TriggerKind { get; init; }
}

/// <summary>Something that can be done.</summary>
internal sealed record CodeAction(string Title)
{
    public string? Kind { get; init; }

    public IReadOnlyList<Diagnostic>? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    public CodeActionDisabled? Disabled { get; init; }

    public WorkspaceEdit? Edit { get; init; }

    public Command? Command { get; init; }

    public JsonElement? Data { get; init; }
}

/// <summary>Why something cannot be done now.</summary>
internal sealed record CodeActionDisabled(string Reason);

/// <summary>Asks for what can be clicked above lines.</summary>
internal sealed record CodeLensParams(TextDocumentIdentifier TextDocument);

/// <summary>What can be clicked above a line.</summary>
internal sealed record CodeLens(Range Range)
{
    public Command? Command { get; init; }

    public JsonElement? Data { get; init; }
}

/// <summary>Asks for a command to be run.</summary>
internal sealed record ExecuteCommandParams(string Command)
{
    public IReadOnlyList<JsonElement>? Arguments { get; init; }

    public JsonElement? WorkDoneToken { get; init; }
}

/// <summary>What of an action comes back when its edits are asked for. Ours, not the protocol's.</summary>
internal sealed record CodeActionData(string Uri, int Version, string Key);

/// <summary>Which spec a script gets, and why: the answer to <c>vpython.explainSpec</c>. Ours, not the protocol's.</summary>
internal sealed record SpecExplanation(string? Script, string? Spec, string Origin, string Reason, IReadOnlyList<string> Trace);

/// <summary>The answer to <c>vpython.interpreterPath</c>. Ours, not the protocol's.</summary>
internal sealed record InterpreterLocation(string Path);
