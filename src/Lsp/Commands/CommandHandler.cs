using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using VPythonTools.Lsp.Documents;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Actions;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Lsp.Commands;

/// <summary>
/// Answers <c>workspace/executeCommand</c>. A command about a script or spec has its address as its one argument, open or not. What it found it answers, as JSON for a client that shows it
/// itself, and says in a sentence to one that does not say that it does.
/// </summary>
/// <param name="workspace">The documents.</param>
/// <param name="environments">What is known of environments.</param>
/// <param name="client">Who asks.</param>
internal sealed class CommandHandler(ServerWorkspace workspace, KnownEnvironments environments, LanguageClient client) : IDisposable
{
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();
    private readonly CancellationTokenSource _end = new();

    /// <summary>Runs a command.</summary>
    public Task<JsonElement?> AnswerAsync(ExecuteCommandParams request, CancellationToken cancellation)
    {
        WorkspaceSnapshot snapshot = workspace.Current;
        return Task.Run(() => RunAsync(request, snapshot, cancellation), cancellation);
    }

    /// <summary>The person ends something that shows its progress.</summary>
    public void Cancel(JsonElement token)
    {
        if (_running.TryGetValue(token.GetRawText(), out CancellationTokenSource? running)) running.Cancel();
    }

    /// <summary>The conversation is over.</summary>
    public void CancelAll() => _end.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    private async Task<JsonElement?> RunAsync(ExecuteCommandParams request, WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        if (request.Command == CommandNames.RefreshCatalogue) return await RefreshCatalogueAsync(request, cancellation).ConfigureAwait(false);
        if (!CommandNames.OfServer.Contains(request.Command)) throw DocumentRequests.Refuse($"there is no command '{request.Command}'");
        if (request.Arguments is not [{ ValueKind: JsonValueKind.String } argument, ..] || argument.GetString() is not { } uri || !DocumentUri.IsFile(uri))
            throw DocumentRequests.Refuse($"'{request.Command}' takes the address of a file, such as 'file:///home/me/tool.py'");
        string path = DocumentUri.ToPath(uri);
        return request.Command switch
        {
            CommandNames.ExplainSpec => await ExplainAsync(snapshot, path).ConfigureAwait(false),
            CommandNames.ShowEnvironment => await ShowEnvironmentAsync(snapshot, path, request, cancellation).ConfigureAwait(false),
            CommandNames.InstallEnvironment => await InstallAsync(snapshot, path, request, cancellation).ConfigureAwait(false),
            CommandNames.InterpreterPath => await FindInterpreterAsync(path, request, cancellation).ConfigureAwait(false),
            _ => await UpgradeAsync(snapshot, path).ConfigureAwait(false),
        };
    }

    private async Task<JsonElement?> ExplainAsync(WorkspaceSnapshot snapshot, string path)
    {
        bool isSpec = SpecDocument.KindOf(path) == DocumentKind.Spec;
        if (isSpec && PartnerOf(path) is null)
        {
            string reason = Path.GetFileName(path) == SpecFamily.TextFormat.CommonNames[0]
                ? "the scripts in its directory and below that have no other spec get it"
                : "no script gets it by its name; -vpython-spec names it";
            await SayAsync($"{Path.GetFileName(path)}: {reason}").ConfigureAwait(false);
            return ProtocolJson.ToElement(new SpecExplanation(null, DocumentUri.FromPath(path), SpecOrigin.Explicit.ToString(), reason, []));
        }
        string script = isSpec ? PartnerOf(path)! : path;
        var effective = EffectiveSpec.Of(snapshot.Host.Files, script);
        string spec = effective.Path ?? "no spec";
        await SayAsync($"{Path.GetFileName(script)} gets {spec}: {effective.Reason}").ConfigureAwait(false);
        return ProtocolJson.ToElement(new SpecExplanation(
            DocumentUri.FromPath(script),
            effective.Path is { } found ? DocumentUri.FromPath(found) : null,
            effective.Origin.ToString(),
            effective.Reason,
            [.. effective.Trace.Select(static step => step.ToString())]));
    }

    private async Task<JsonElement?> ShowEnvironmentAsync(WorkspaceSnapshot snapshot, string path, ExecuteCommandParams request, CancellationToken cancellation)
    {
        string output = await RunnerAsync(["-vpython-tool", "which", "--json", .. TargetOf(path)], path, "Looking for the environment", request, cancellation).ConfigureAwait(false);
        JsonElement explanation = ParseJson(output);
        bool isReady = explanation.TryGetProperty("environment", out JsonElement environment) && environment.ValueKind == JsonValueKind.Object && environment.TryGetProperty("ready", out JsonElement ready) && ready.ValueKind == JsonValueKind.True;
        Remember(snapshot, path, isReady ? EnvironmentState.Ready : EnvironmentState.NotBuilt);
        await SayAsync(isReady ? $"the environment of {Path.GetFileName(path)} is ready" : $"the environment of {Path.GetFileName(path)} is not built yet").ConfigureAwait(false);
        await client.RefreshAsync(withDiagnostics: false).ConfigureAwait(false);
        return explanation;
    }

    private async Task<JsonElement?> InstallAsync(WorkspaceSnapshot snapshot, string path, ExecuteCommandParams request, CancellationToken cancellation)
    {
        await RunnerAsync(["-vpython-tool", "install", .. TargetOf(path)], path, $"Installing the environment of {Path.GetFileName(path)}", request, cancellation).ConfigureAwait(false);
        Remember(snapshot, path, EnvironmentState.Ready);
        await SayAsync($"the environment of {Path.GetFileName(path)} is ready").ConfigureAwait(false);
        await client.RefreshAsync(withDiagnostics: false).ConfigureAwait(false);
        return null;
    }

    private async Task<JsonElement?> FindInterpreterAsync(string path, ExecuteCommandParams request, CancellationToken cancellation)
    {
        string output = await RunnerAsync(["-vpython-tool", "python", "find", .. TargetOf(path)], path, "Looking for the interpreter", request, cancellation).ConfigureAwait(false);
        string interpreter = output.TrimEnd('\r', '\n');
        await SayAsync(interpreter).ConfigureAwait(false);
        return ProtocolJson.ToElement(new InterpreterLocation(interpreter));
    }

    private async Task<JsonElement?> RefreshCatalogueAsync(ExecuteCommandParams request, CancellationToken cancellation)
    {
        await RunnerAsync(["-vpython-tool", "catalog", "update"], null, "Bringing the catalogue up to date", request, cancellation).ConfigureAwait(false);
        workspace.Renew();
        await SayAsync("the catalogue is up to date").ConfigureAwait(false);
        return null;
    }

    private async Task<JsonElement?> UpgradeAsync(WorkspaceSnapshot snapshot, string path)
    {
        if (snapshot.Documents.GetValueOrDefault(path) is not { HasSpec: true } document) throw DocumentRequests.Refuse($"{path} is not open, or has no spec");
        if (SpecActions.Resolve(document.Spec, [], SpecActions.UpgradeAllKey) is not { } change) throw DocumentRequests.Refuse("no wheel has a newer version");
        var edits = new WorkspaceEdits(workspace, snapshot, client.Profile);
        foreach (FileChange.Edit edit in change.Files.OfType<FileChange.Edit>()) edits.Change(edit.Before, edit.Changes);
        if (!await client.ApplyAsync(edits.Build(), "Upgrade wheels").ConfigureAwait(false)) throw DocumentRequests.Refuse("the client does not make the edits");
        return null;
    }

    /// <summary>Runs <c>vpython3</c>, with its progress where the client shows it; gives what it printed.</summary>
    private async Task<string> RunnerAsync(IEnumerable<string> arguments, string? path, string title, ExecuteCommandParams request, CancellationToken cancellation)
    {
        if (RunnerProcess.Find(workspace, out RunnerProcess? runner) is { } problem) throw DocumentRequests.Refuse(problem);
        JsonElement? token = request.WorkDoneToken ?? await client.CreateProgressAsync().ConfigureAwait(false);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _end.Token);
        if (token is { } place) _running[place.GetRawText()] = cancelled;
        var progress = new WorkProgress(client, token);
        await progress.BeginAsync(title, isCancellable: true).ConfigureAwait(false);
        try
        {
            string directory = Path.GetDirectoryName(path) is { } beside && Directory.Exists(beside) ? beside : AppContext.BaseDirectory;
            (int exitCode, string output, string errors) = await runner!
                .RunAsync(arguments, directory, workspace.Settings.CataloguePath is null ? null : workspace.CatalogueLocation.Path, line => _ = progress.ReportAsync(line), cancelled.Token)
                .ConfigureAwait(false);
            if (exitCode != 0) throw DocumentRequests.Refuse(errors.TrimEnd() is { Length: > 0 } said ? said : $"vpython3 ended with {exitCode}");
            return output;
        }
        finally
        {
            if (token is { } known) _running.TryRemove(known.GetRawText(), out _);
            await progress.EndAsync(null).ConfigureAwait(false);
        }
    }

    /// <summary>The command line for a script, or for a spec that has none.</summary>
    private static string[] TargetOf(string path) =>
        SpecDocument.KindOf(path) != DocumentKind.Spec ? [path] : PartnerOf(path) is { } script ? [script] : ["-vpython-spec", path];

    private static string? PartnerOf(string path)
    {
        const string Suffix = ".vpython3";
        return path.EndsWith(Suffix, StringComparison.Ordinal) && path[..^Suffix.Length] is var script && File.Exists(script) ? script : null;
    }

    private void Remember(WorkspaceSnapshot snapshot, string path, EnvironmentState state)
    {
        if (snapshot.Documents.GetValueOrDefault(path) is { } document) environments.Remember(document.Text, state);
    }

    private Task SayAsync(string sentence) => workspace.Settings.ShowsResults ? Task.CompletedTask : client.ShowAsync(MessageType.Info, sentence);

    private static JsonElement ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw DocumentRequests.Refuse($"vpython3 answered what cannot be read: {exception.Message}");
        }
    }
}
