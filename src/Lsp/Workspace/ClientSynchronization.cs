using System.Text.Json;
using VPythonTools.Lsp.Protocol;

namespace VPythonTools.Lsp.Workspace;

/// <summary>Keeps directories, settings and files of the workspace in step with the client's: what it says at first, what is asked of it, what it tells later.</summary>
/// <param name="workspace">What is kept in step.</param>
/// <param name="client">With whom.</param>
internal sealed class ClientSynchronization(ServerWorkspace workspace, LanguageClient client)
{
    private const string WatchedFiles = "workspace/didChangeWatchedFiles";
    private const string Configuration = "workspace/didChangeConfiguration";

    private static readonly string[] WatchedEndings = [".vpython3", ".vpython", ".py"];

    private readonly Lock _answering = new();
    private ServerSettings _initial = new();
    private int _lastQuestion;
    private int _lastAnswered;
    private string? _watchedCatalogue;

    /// <summary>Takes what the client says first.</summary>
    public void Initialize(InitializeParams request)
    {
        workspace.CountsBytes = client.Profile.CountsBytes;
        if (client.Profile.WatchesFiles) workspace.Disk.IsTold = static path => WatchedEndings.Contains(Path.GetExtension(path));
        _initial = ServerSettings.Read(request.InitializationOptions);
        IEnumerable<string> folders = request.WorkspaceFolders?.Select(static folder => folder.Uri)
            ?? (request.RootUri is { } root ? [root] : request.RootPath is { Length: > 0 } path ? [DocumentUri.FromPath(path)] : []);
        workspace.SetFolders(folders, []);
    }

    /// <summary>Asks the client for settings, and to be told of changes. The server works with what it has meanwhile.</summary>
    public void Start()
    {
        workspace.Configure(_initial);
        _ = Task.Run(async () =>
        {
            var registrations = new List<Registration>();
            if (client.Profile.RegistersConfiguration) registrations.Add(new("configuration", Configuration) { RegisterOptions = ProtocolJson.ToElement(new DidChangeConfigurationRegistrationOptions(ServerSettings.Section)) });
            if (client.Profile.WatchesFiles) registrations.Add(WatchFiles());
            if (registrations.Count > 0) await client.RegisterAsync(registrations).ConfigureAwait(false);
            await AskForSettingsAsync(Interlocked.Increment(ref _lastQuestion)).ConfigureAwait(false);
        });
    }

    /// <summary>Settings have changed: to what is said, or to what the client answers when it is asked.</summary>
    public void ChangeConfiguration(JsonElement? settings)
    {
        if (client.Profile.HasConfiguration)
        {
            int question = Interlocked.Increment(ref _lastQuestion);
            _ = Task.Run(() => AskForSettingsAsync(question));
            return;
        }
        JsonElement? section = settings is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(ServerSettings.Section, out JsonElement own) ? own : null;
        Use(section);
    }

    /// <summary>Asks for the settings. Where several questions are under way, the answer to an earlier one does not replace that to a later one: it may be of settings that have changed since.</summary>
    private async Task AskForSettingsAsync(int question)
    {
        if (!client.Profile.HasConfiguration || await client.GetConfigurationAsync(ServerSettings.Section).ConfigureAwait(false) is not { } settings) return;
        lock (_answering)
        {
            if (question < _lastAnswered) return;
            _lastAnswered = question;
            Use(settings);
        }
    }

    private void Use(JsonElement? settings)
    {
        workspace.Configure(_initial.With(settings, trustsRunner: _initial.TrustsWorkspace == true));
        if (client.Profile.WatchesFiles && _watchedCatalogue is { } watched && watched != workspace.CatalogueLocation.Path)
        {
            _ = Task.Run(async () =>
            {
                await client.UnregisterAsync(new("files", WatchedFiles)).ConfigureAwait(false);
                await client.RegisterAsync([WatchFiles()]).ConfigureAwait(false);
            });
        }
    }

    /// <summary>Specs, scripts that may hold one, files of settings, and the catalogue wherever it is.</summary>
    private Registration WatchFiles()
    {
        _watchedCatalogue = workspace.CatalogueLocation.Path;
        var patterns = new List<JsonElement>
        {
            ProtocolJson.ToElement($"**/*.{{{string.Join(',', WatchedEndings.Select(static ending => ending[1..]))}}}"),
            ProtocolJson.ToElement("**/.editorconfig"),
            ProtocolJson.ToElement("**/vpython.toml"),
        };
        string directory = Path.GetDirectoryName(_watchedCatalogue)!;
        string name = Path.GetFileName(_watchedCatalogue);
        if (client.Profile.HasRelativePatterns) patterns.Add(ProtocolJson.ToElement(new RelativePattern(DocumentUri.FromPath(directory), name)));
        else patterns.Add(ProtocolJson.ToElement(_watchedCatalogue.Replace(Path.DirectorySeparatorChar, '/')));
        return new("files", WatchedFiles) { RegisterOptions = ProtocolJson.ToElement(new DidChangeWatchedFilesRegistrationOptions([.. patterns.Select(static pattern => new Protocol.FileSystemWatcher(pattern))])) };
    }
}
