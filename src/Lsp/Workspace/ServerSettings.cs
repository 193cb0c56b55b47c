using System.Text.Json;

namespace VPythonTools.Lsp.Workspace;

/// <summary>What the client configures, under <c>vpython</c>. Values of other kinds than expected are as if they were not there.</summary>
internal sealed record ServerSettings
{
    /// <summary>The name under which clients keep the settings.</summary>
    public const string Section = "vpython";

    /// <summary>The catalogue to use: an absolute path, or one relative to the first directory of the workspace; null for the one that <c>vpython3</c> uses.</summary>
    public string? CataloguePath { get; init; }

    /// <summary>The <c>vpython3</c> that commands start: an absolute path; null for the one beside the server.</summary>
    public string? RunnerPath { get; init; }

    /// <summary>Whether files that are not open are looked at, too.</summary>
    public bool LooksAtWorkspace { get; init; } = true;

    /// <summary>Whether the client trusts what is in its directories; null where it does not say.</summary>
    public bool? TrustsWorkspace { get; init; }

    /// <summary>Whether the client shows what commands answer itself.</summary>
    public bool ShowsResults { get; init; }

    /// <summary>Whether the client has a command that runs scripts.</summary>
    public bool RunsScripts { get; init; }

    /// <summary>What the client said when it opened the conversation: settings of the person, not of a directory.</summary>
    public static ServerSettings Read(JsonElement? options) => new ServerSettings().With(options, trustsRunner: true) with
    {
        TrustsWorkspace = Boolean(options, "workspaceIsTrusted"),
        ShowsResults = Boolean(options, "showsResults") == true,
        RunsScripts = Boolean(options, "runsScripts") == true,
    };

    /// <summary>These settings with what the client answered later.</summary>
    /// <param name="settings">The answer.</param>
    /// <param name="trustsRunner">Whether it may name a program to start: it may come from a file of the workspace.</param>
    public ServerSettings With(JsonElement? settings, bool trustsRunner) => this with
    {
        CataloguePath = Text(settings, "cataloguePath") ?? CataloguePath,
        RunnerPath = trustsRunner ? Text(settings, "runnerPath") ?? RunnerPath : RunnerPath,
        LooksAtWorkspace = Boolean(settings, "workspaceDiagnostics") ?? LooksAtWorkspace,
    };

    private static string? Text(JsonElement? settings, string name) =>
        Find(settings, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool? Boolean(JsonElement? settings, string name) => Find(settings, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    private static JsonElement? Find(JsonElement? settings, string name) =>
        settings is { ValueKind: JsonValueKind.Object } values && values.TryGetProperty(name, out JsonElement value) ? value : null;
}
