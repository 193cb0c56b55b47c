using System.Text.Json;
using StreamJsonRpc;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp;

/// <summary>What the server says to the client without being asked. A client that went away hears nothing, which is no error.</summary>
internal sealed class LanguageClient
{
    private JsonRpc? _connection;
    private int _lastToken;

    /// <summary>What the client can do.</summary>
    public ClientProfile Profile { get; set; } = new(null);

    /// <summary>How much the client wants to hear: <c>off</c>, <c>messages</c>, <c>verbose</c>.</summary>
    public string Trace { get; set; } = "off";

    /// <summary>The connection to it.</summary>
    public void Connect(JsonRpc connection) => _connection = connection;

    /// <summary>Sends the findings of a document.</summary>
    public Task PublishDiagnosticsAsync(PublishDiagnosticsParams diagnostics) => NotifyAsync("textDocument/publishDiagnostics", ProtocolJson.ToElement(diagnostics));

    /// <summary>Sends a line for the log; errors go to standard error, too.</summary>
    public void Log(MessageType type, string message)
    {
        if (type == MessageType.Error) Console.Error.WriteLine($"vpython-lsp: {message}");
        _ = NotifyAsync("window/logMessage", ProtocolJson.ToElement(new LogMessageParams(type, message)));
    }

    /// <summary>Sends a line for the person.</summary>
    public Task ShowAsync(MessageType type, string message) => NotifyAsync("window/showMessage", ProtocolJson.ToElement(new ShowMessageParams(type, message)));

    /// <summary>Sends a line for who traces the server.</summary>
    public void TraceLine(string message, Func<string> verbose)
    {
        if (Trace == "off") return;
        _ = NotifyAsync("$/logTrace", ProtocolJson.ToElement(new LogTraceParams(message) { Verbose = Trace == "verbose" ? verbose() : null }));
    }

    /// <summary>Sends a part of an answer, or how far something is.</summary>
    public Task ProgressAsync<T>(JsonElement token, T value) => NotifyAsync("$/progress", ProtocolJson.ToElement(new ProgressParams(token, ProtocolJson.ToElement(value))));

    /// <summary>Makes a place for progress; null when the client shows none.</summary>
    public async Task<JsonElement?> CreateProgressAsync()
    {
        if (!Profile.ShowsProgress) return null;
        JsonElement token = ProtocolJson.ToElement($"vpython-{Interlocked.Increment(ref _lastToken)}");
        return await RequestAsync("window/workDoneProgress/create", ProtocolJson.ToElement(new WorkDoneProgressCreateParams(token))).ConfigureAwait(false) is null ? null : token;
    }

    /// <summary>Asks for more notifications.</summary>
    public Task RegisterAsync(IReadOnlyList<Registration> registrations) => RequestAsync("client/registerCapability", ProtocolJson.ToElement(new RegistrationParams(registrations)));

    /// <summary>Takes a registration back.</summary>
    public Task UnregisterAsync(Unregistration registration) => RequestAsync("client/unregisterCapability", ProtocolJson.ToElement(new UnregistrationParams([registration])));

    /// <summary>The client's settings of a section; null when it has none.</summary>
    public async Task<JsonElement?> GetConfigurationAsync(string section)
    {
        JsonElement? answer = await RequestAsync("workspace/configuration", ProtocolJson.ToElement(new ConfigurationParams([new(section)]))).ConfigureAwait(false);
        return answer is { ValueKind: JsonValueKind.Array } sections && sections.GetArrayLength() == 1 ? sections[0] : null;
    }

    /// <summary>Has the client ask again for what the server computes.</summary>
    public async Task RefreshAsync(bool withDiagnostics)
    {
        if (withDiagnostics && Profile.PullsDiagnostics && Profile.RefreshesDiagnostics) await RequestAsync("workspace/diagnostic/refresh", null).ConfigureAwait(false);
        if (Profile.RefreshesCodeLenses) await RequestAsync("workspace/codeLens/refresh", null).ConfigureAwait(false);
        if (Profile.RefreshesInlayHints) await RequestAsync("workspace/inlayHint/refresh", null).ConfigureAwait(false);
        if (Profile.RefreshesSemanticTokens) await RequestAsync("workspace/semanticTokens/refresh", null).ConfigureAwait(false);
    }

    /// <summary>Has the client ask again for diagnostics.</summary>
    public Task RefreshDiagnosticsAsync() => Profile.RefreshesDiagnostics ? RequestAsync("workspace/diagnostic/refresh", null) : Task.CompletedTask;

    /// <summary>Has the client make edits; tells whether it did.</summary>
    public async Task<bool> ApplyAsync(WorkspaceEdit edit, string label)
    {
        JsonElement? answer = await RequestAsync("workspace/applyEdit", ProtocolJson.ToElement(new ApplyWorkspaceEditParams(edit) { Label = label })).ConfigureAwait(false);
        return answer is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("applied", out JsonElement applied) && applied.ValueKind == JsonValueKind.True;
    }

    private async Task NotifyAsync(string method, JsonElement parameters)
    {
        try
        {
            if (_connection is { } connection) await connection.NotifyWithParameterObjectAsync(method, Arguments(parameters), TypesOf(parameters)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ConnectionLostException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }

    /// <summary>Asks the client; null when it refuses or is gone, JSON's null when it answers so.</summary>
    private async Task<JsonElement?> RequestAsync(string method, JsonElement? parameters)
    {
        try
        {
            if (_connection is not { } connection) return null;
            return parameters is { } given
                ? await connection.InvokeWithParameterObjectAsync<JsonElement>(method, Arguments(given), TypesOf(given), CancellationToken.None).ConfigureAwait(false)
                : await connection.InvokeWithCancellationAsync<JsonElement>(method, null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RemoteInvocationException exception)
        {
            Log(MessageType.Warning, $"the client does not answer {method}: {exception.Message}");
            return null;
        }
        catch (Exception exception) when (exception is ConnectionLostException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static Dictionary<string, object?> Arguments(JsonElement parameters) =>
        parameters.EnumerateObject().ToDictionary(static property => property.Name, static property => (object?)property.Value);

    /// <summary>What the library is told to serialize each argument as: JSON, which it is already.</summary>
    private static Dictionary<string, Type> TypesOf(JsonElement parameters) =>
        parameters.EnumerateObject().ToDictionary(static property => property.Name, static _ => typeof(JsonElement));
}
