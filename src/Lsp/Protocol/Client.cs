using System.Text.Json;
using System.Text.Json.Serialization;

namespace VPythonTools.Lsp.Protocol;

/// <summary>Asks the client for more of its notifications.</summary>
internal sealed record RegistrationParams(IReadOnlyList<Registration> Registrations);

/// <summary>One more notification.</summary>
internal sealed record Registration(string Id, string Method)
{
    public JsonElement? RegisterOptions { get; init; }
}

/// <summary>Takes registrations back.</summary>
internal sealed record UnregistrationParams([property: JsonPropertyName("unregisterations")] IReadOnlyList<Unregistration> Unregistrations);

/// <summary>A registration that is taken back.</summary>
internal sealed record Unregistration(string Id, string Method);

/// <summary>The files that are watched.</summary>
internal sealed record DidChangeWatchedFilesRegistrationOptions(IReadOnlyList<FileSystemWatcher> Watchers);

/// <summary>A pattern of files, as a string, or relative to a directory.</summary>
internal sealed record FileSystemWatcher(JsonElement GlobPattern);

/// <summary>A pattern below a directory.</summary>
internal sealed record RelativePattern(string BaseUri, string Pattern);

/// <summary>The settings whose changes are told.</summary>
internal sealed record DidChangeConfigurationRegistrationOptions(string Section);

/// <summary>Asks for settings.</summary>
internal sealed record ConfigurationParams(IReadOnlyList<ConfigurationItem> Items);

/// <summary>One part of the settings.</summary>
internal sealed record ConfigurationItem(string Section)
{
    public string? ScopeUri { get; init; }
}

/// <summary>A line for the client's log.</summary>
internal sealed record LogMessageParams(MessageType Type, string Message);

/// <summary>A line for the person at the client.</summary>
internal sealed record ShowMessageParams(MessageType Type, string Message);

/// <summary>What the server does, for who asked to be told.</summary>
internal sealed record LogTraceParams(string Message)
{
    public string? Verbose { get; init; }
}

/// <summary>How much a line matters.</summary>
internal enum MessageType
{
    Error = 1,
    Warning = 2,
    Info = 3,
    Log = 4,
}

/// <summary>Makes a place for progress in the client.</summary>
internal sealed record WorkDoneProgressCreateParams(JsonElement Token);

/// <summary>The person ends something.</summary>
internal sealed record WorkDoneProgressCancelParams(JsonElement Token);

/// <summary>Progress, or a part of an answer.</summary>
internal sealed record ProgressParams(JsonElement Token, JsonElement Value);

/// <summary>Something begins.</summary>
internal sealed record WorkDoneProgressBegin(string Title)
{
    public string Kind { get; init; } = "begin";

    public bool? Cancellable { get; init; }

    public string? Message { get; init; }

    public int? Percentage { get; init; }
}

/// <summary>Something goes on.</summary>
internal sealed record WorkDoneProgressReport
{
    public string Kind { get; init; } = "report";

    public string? Message { get; init; }

    public int? Percentage { get; init; }
}

/// <summary>Something has ended.</summary>
internal sealed record WorkDoneProgressEnd
{
    public string Kind { get; init; } = "end";

    public string? Message { get; init; }
}

/// <summary>Asks the client to make edits.</summary>
internal sealed record ApplyWorkspaceEditParams(WorkspaceEdit Edit)
{
    public string? Label { get; init; }
}

/// <summary>Whether the client made the edits.</summary>
internal sealed record ApplyWorkspaceEditResult(bool Applied);
