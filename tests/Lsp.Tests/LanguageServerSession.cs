using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VPythonTools.Lsp.Tests.Protocol;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests;

/// <summary>
/// The native server as an editor has it: a process, its pipes, and a client that answers what the server asks. Every message of both sides is held against the protocol's
/// model of itself, where that is beside the project.
/// </summary>
internal sealed class LanguageServerSession : IDisposable
{
    /// <summary>How long something may take before a test is given up; a sound server takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _server;
    private readonly Thread _reader;
    private readonly List<JsonNode> _received = [];
    private readonly Dictionary<int, string> _methods = [];
    private readonly List<string> _problems = [];
    private readonly StringBuilder _errors = new();
    private int _lastId;
    private bool _hasEnded;

    /// <summary>Starts the server.</summary>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <param name="executable">Another server than the published one.</param>
    public LanguageServerSession(IReadOnlyDictionary<string, string?>? environment = null, string? executable = null)
    {
        var start = new ProcessStartInfo(executable ?? NativeExecutable.LanguageServer, ["--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("VPYTHON_CATALOGUE");
        // So that the catalogue of who runs the tests plays no part.
        start.Environment["VPYTHON_VIRTUALENV_ROOT"] = Path.Combine(Path.GetTempPath(), "vpython-lsp-tests-no-root");
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        _server = Process.Start(start)!;
        _server.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
        _server.BeginErrorReadLine();
        _reader = new(ReadAll) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>The answer to what <c>initialize</c> was sent.</summary>
    public JsonNode? Initialized { get; private set; }

    /// <summary>What the client answers when it is asked for settings.</summary>
    public JsonNode? Settings { get; set; }

    /// <summary>What the client is asked and does not answer, but for what the test answers itself.</summary>
    public IReadOnlyList<string> LeftUnanswered { get; set; } = [];

    /// <summary>What the server wrote to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_errors) return _errors.ToString();
        }
    }

    /// <summary>The process.</summary>
    public Process Process => _server;

    /// <summary>The capabilities of an editor that can do much.</summary>
    public static JsonObject FullCapabilities(bool pullsDiagnostics, string encoding = "utf-16") => new()
    {
        ["general"] = new JsonObject { ["positionEncodings"] = new JsonArray(encoding) },
        ["window"] = new JsonObject { ["workDoneProgress"] = true },
        ["workspace"] = new JsonObject
        {
            ["applyEdit"] = true,
            ["configuration"] = true,
            ["workspaceFolders"] = true,
            ["workspaceEdit"] = new JsonObject { ["documentChanges"] = true, ["resourceOperations"] = new JsonArray("create", "rename", "delete") },
            ["didChangeConfiguration"] = new JsonObject { ["dynamicRegistration"] = true },
            ["didChangeWatchedFiles"] = new JsonObject { ["dynamicRegistration"] = true, ["relativePatternSupport"] = true },
            ["diagnostics"] = new JsonObject { ["refreshSupport"] = true },
            ["codeLens"] = new JsonObject { ["refreshSupport"] = true },
        },
        ["textDocument"] = Merge(
            new JsonObject
            {
                ["completion"] = new JsonObject { ["completionItem"] = new JsonObject { ["snippetSupport"] = true, ["documentationFormat"] = new JsonArray("markdown", "plaintext") } },
                ["hover"] = new JsonObject { ["contentFormat"] = new JsonArray("markdown", "plaintext") },
                ["documentSymbol"] = new JsonObject { ["hierarchicalDocumentSymbolSupport"] = true },
                ["codeAction"] = new JsonObject { ["dataSupport"] = true, ["resolveSupport"] = new JsonObject { ["properties"] = new JsonArray("edit") } },
                ["publishDiagnostics"] = new JsonObject { ["relatedInformation"] = true },
            },
            pullsDiagnostics ? new JsonObject { ["diagnostic"] = new JsonObject() } : []),
    };

    /// <summary>Opens the conversation.</summary>
    public LanguageServerSession Initialize(JsonObject? capabilities = null, string? folder = null, JsonNode? options = null)
    {
        JsonNode answer = Request("initialize", new JsonObject
        {
            ["processId"] = null,
            ["rootUri"] = null,
            ["capabilities"] = capabilities ?? [],
            ["workspaceFolders"] = folder is null ? null : new JsonArray(new JsonObject { ["uri"] = UriOf(folder), ["name"] = "folder" }),
            ["initializationOptions"] = options,
        });
        Initialized = answer["result"];
        Notify("initialized", []);
        return this;
    }

    /// <summary>Opens a document; gives its address.</summary>
    public string Open(string path, string text, string languageId = "vpython", int version = 1)
    {
        string uri = path.Contains(':', StringComparison.Ordinal) ? path : UriOf(path);
        Notify("textDocument/didOpen", new() { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = languageId, ["version"] = version, ["text"] = text } });
        return uri;
    }

    /// <summary>Changes all of a document.</summary>
    public void Change(string uri, int version, string text) => Change(uri, version, new JsonObject { ["text"] = text });

    /// <summary>Changes parts of a document.</summary>
    public void Change(string uri, int version, params JsonNode[] changes) => Notify("textDocument/didChange", new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
        ["contentChanges"] = new JsonArray(changes),
    });

    /// <summary>The address of a path.</summary>
    public static string UriOf(string path) => new Uri(path).AbsoluteUri;

    /// <summary>Sends a request and gives its answer.</summary>
    public JsonNode Request(string method, JsonObject? parameters = null)
    {
        int id = Begin(method, parameters);
        return Answer(id);
    }

    /// <summary>Sends a request and gives its result, which must not be an error.</summary>
    public JsonNode? Result(string method, JsonObject parameters)
    {
        JsonNode answer = Request(method, parameters);
        Assert.True(answer["error"] is null, answer.ToJsonString() + Errors);
        return answer["result"];
    }

    /// <summary>Sends a request about a place and gives its result.</summary>
    public JsonNode? ResultAt(string method, string uri, int line, int character, JsonObject? more = null)
    {
        JsonObject parameters = more ?? [];
        parameters["textDocument"] = new JsonObject { ["uri"] = uri };
        parameters["position"] = new JsonObject { ["line"] = line, ["character"] = character };
        return Result(method, parameters);
    }

    /// <summary>Sends a request and does not wait.</summary>
    public int Begin(string method, JsonObject? parameters = null)
    {
        int id = ++_lastId;
        lock (_received) _methods[id] = method;
        CheckOwn(method, parameters);
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null) message["params"] = parameters;
        Write(message);
        return id;
    }

    /// <summary>Sends a request that the protocol does not allow, and gives its answer.</summary>
    public JsonNode SendUnchecked(string method, JsonNode? parameters)
    {
        int id = ++_lastId;
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return Answer(id);
    }

    /// <summary>Sends a notification that the protocol does not allow.</summary>
    public void NotifyUnchecked(string method, JsonNode? parameters) => Write(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Sends a message as it is.</summary>
    public void NotifyRaw(string message) => Write(Encoding.UTF8.GetBytes(message));

    /// <summary>The answer to a request that was sent.</summary>
    public JsonNode Answer(int id) => Wait($"the answer to request {id}", message => message["method"] is null && (int?)message["id"] == id);

    /// <summary>Sends a notification.</summary>
    public void Notify(string method, JsonObject? parameters)
    {
        CheckOwn(method, parameters);
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (parameters is not null) message["params"] = parameters;
        Write(message);
    }

    /// <summary>What the server sends of its own, the first that fits and was not taken yet; it is taken by that.</summary>
    public JsonNode Take(string method, Func<JsonNode, bool>? fits = null)
    {
        JsonNode message = Wait(method, message => (string?)message["method"] == method && (fits is null || fits(message["params"]!)));
        return message["params"]!;
    }

    /// <summary>The findings of a version of a document, when they are there.</summary>
    public JsonArray Diagnostics(string uri, int version, Func<JsonArray, bool>? fit = null) =>
        Take("textDocument/publishDiagnostics", message => (string)message["uri"]! == uri && (int?)message["version"] == version && (fit is null || fit(message["diagnostics"]!.AsArray())))["diagnostics"]!.AsArray();

    /// <summary>What was received so far and not taken.</summary>
    public IReadOnlyList<JsonNode> Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    /// <summary>Waits for a question that is left unanswered.</summary>
    /// <returns>By what it is answered.</returns>
    public JsonNode TakeQuestion(string method) => Wait(method, message => (string?)message["method"] == method)["id"]!;

    /// <summary>Answers a question that was left unanswered.</summary>
    public void Answer(JsonNode question, JsonNode? result) => Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = question.DeepClone(), ["result"] = result });

    /// <summary>Ends the conversation; the server must end well, and no message may have been wrong.</summary>
    public void End()
    {
        Request("shutdown");
        Notify("exit", null);
        Assert.True(_server.WaitForExit(Patience), "the server goes on");
        Assert.Equal(0, _server.ExitCode);
        lock (_received) Assert.Equal([], _problems);
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        if (!_server.HasExited) _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static JsonObject Merge(JsonObject first, JsonObject second)
    {
        foreach ((string name, JsonNode? value) in second) first[name] = value?.DeepClone();
        return first;
    }

    private static void CheckOwn(string method, JsonObject? parameters)
    {
        if (MetaModel.Instance is { } model) Assert.Equal([], model.CheckParameters(method, parameters));
    }

    private void Write(JsonObject message) => Write(Encoding.UTF8.GetBytes(message.ToJsonString()));

    private void Write(byte[] body)
    {
        lock (_server)
        {
            Stream input = _server.StandardInput.BaseStream;
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
            input.Write(body);
            input.Flush();
        }
    }

    private JsonNode Wait(string what, Func<JsonNode, bool> fits)
    {
        lock (_received)
        {
            var patience = Stopwatch.StartNew();
            while (true)
            {
                int index = _received.FindIndex(message => fits(message));
                if (index >= 0)
                {
                    JsonNode found = _received[index];
                    _received.RemoveAt(index);
                    return found;
                }
                if (_hasEnded) Assert.Fail($"the server ended before {what} came: {Errors}");
                TimeSpan rest = Patience - patience.Elapsed;
                if (rest <= TimeSpan.Zero || !Monitor.Wait(_received, rest))
                    Assert.Fail($"{what} did not come; what came is\n{string.Join('\n', _received.Select(message => message.ToJsonString()))}\n{Errors}");
            }
        }
    }

    private void ReadAll()
    {
        try
        {
            Stream output = _server.StandardOutput.BaseStream;
            while (Read(output) is { } message) Receive(message);
        }
        catch (IOException)
        {
            // The server is gone.
        }
        lock (_received)
        {
            _hasEnded = true;
            Monitor.PulseAll(_received);
        }
    }

    private void Receive(JsonNode message)
    {
        string? method = (string?)message["method"];
        lock (_received)
        {
            Check(message, method);
            if (method is null || message["id"] is null || LeftUnanswered.Contains(method)) _received.Add(message);
            Monitor.PulseAll(_received);
        }
        if (method is not null && message["id"] is { } id && !LeftUnanswered.Contains(method)) Respond(id, method, message);
    }

    private void Respond(JsonNode id, string method, JsonNode message)
    {
        JsonNode? result = method switch
        {
            "workspace/configuration" => new JsonArray(Settings?.DeepClone()),
            "workspace/applyEdit" => new JsonObject { ["applied"] = true },
            _ => null,
        };
        Answer(id, result);
        lock (_received)
        {
            _received.Add(message);
            Monitor.PulseAll(_received);
        }
    }

    private void Check(JsonNode message, string? method)
    {
        if (MetaModel.Instance is not { } model) return;
        if (method is not null)
        {
            if (method != "$/progress") _problems.AddRange(model.CheckParameters(method, message["params"]));
        }
        else if (message["error"] is null && message["id"] is { } id && _methods.TryGetValue((int)id, out string? asked))
        {
            _problems.AddRange(model.CheckResult(asked, message["result"]));
        }
    }

    private static JsonNode? Read(Stream output)
    {
        int length = 0;
        while (ReadLine(output) is { } line)
        {
            if (line.Length == 0)
            {
                byte[] body = new byte[length];
                output.ReadExactly(body);
                return JsonNode.Parse(body, documentOptions: new() { MaxDepth = 1024 });
            }
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal)) length = int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
        }
        return null;
    }

    private static string? ReadLine(Stream output)
    {
        var line = new StringBuilder();
        while (true)
        {
            int unit = output.ReadByte();
            if (unit < 0) return null;
            if (unit == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)unit);
        }
    }
}
