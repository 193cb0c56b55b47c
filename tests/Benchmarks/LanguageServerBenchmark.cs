using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>What the native language server takes, seen from the editor's end of the pipe: to start, from a key to findings, to complete, for a whole workspace, and in memory.</summary>
internal static class LanguageServerBenchmark
{
    private const int WorkspaceSpecs = 2_000;
    private const int LargeSpecWheels = 10_000;

    /// <summary>Times everything.</summary>
    /// <param name="runs">How many starts, and a tenth as many of what takes long.</param>
    public static int Run(int runs)
    {
        using var directory = new TemporaryDirectory();
        string catalogue = directory.Combine("wheels.catalogue");
        File.WriteAllBytes(catalogue, CatalogueBenchmarks.Generate());
        Report("start to the answer of initialize, whole process", "40 ms", Times(runs, () =>
        {
            using var session = new Session(null, null);
            session.Initialize(null);
        }));

        using var server = new Session(catalogue, null);
        server.Initialize(null);
        string corpus = File.ReadAllText(Directory.GetFiles(SharedData.Require("corpus/specs"), "*.vpython3").MaxBy(static path => new FileInfo(path).Length)!);
        ReportOf(server, "key to findings, largest spec of the corpus", "5 ms at p99", () => Keys(server, directory.Combine("largest.vpython3"), corpus, runs * 4));
        ReportOf(server, "key to findings, 10,000 wheels", "50 ms at p99", () => Keys(server, directory.Combine("large.vpython3"), LargeSpec(), Math.Max(5, runs / 2)));
        ReportOf(server, "completion of a wheel's name, catalogue of 10,000 versions", "5 ms at p99", () => Completions(server, directory.Combine("name.vpython3"), "wheel: <\n  name: \"infra/python/wheels/package1", runs * 4));
        ReportOf(server, "completion of a version, catalogue of 10,000 versions", "5 ms at p99", () => Completions(server, directory.Combine("version.vpython3"), "wheel: <\n  name: \"infra/python/wheels/package77/${vpython_platform}\"\n  version: \"", runs * 4));

        double processorTime = double.MaxValue;
        string workspace = directory.Combine("workspace");
        foreach (int number in Enumerable.Range(0, WorkspaceSpecs)) directory.Write($"workspace/d{number % 100}/tool{number}.py.vpython3", Spec(number));
        Report("findings of a workspace of 2,000 specs, asked for right after the start", "1 s", Times(Math.Max(3, runs / 10), () =>
        {
            using var session = new Session(null, workspace);
            session.Initialize(workspace, pullsDiagnostics: true);
            session.Request("workspace/diagnostic", new() { ["previousResultIds"] = new JsonArray() });
            processorTime = Math.Min(processorTime, session.ProcessorTime.TotalMilliseconds);
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processor time of the server: {processorTime:0} ms"));
        using (var session = new Session(catalogue, workspace))
        {
            session.Initialize(workspace, pullsDiagnostics: true);
            session.Request("workspace/diagnostic", new() { ["previousResultIds"] = new JsonArray() });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory with the workspace: {session.Memory / 1e6:0} MB"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory after all keys and completions: {server.Memory / 1e6:0} MB (aim: 100 MB)"));
        return 0;
    }

    private static List<double> Keys(Session server, string path, string text, int keys)
    {
        string uri = new Uri(path).AbsoluteUri;
        server.Notify("textDocument/didOpen", new() { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "vpython", ["version"] = 1, ["text"] = text } });
        server.WaitForDiagnostics(uri, 1);
        int line = text[..text.LastIndexOf("version:", StringComparison.Ordinal)].Count(static sign => sign == '\n');
        int column = text.Split('\n')[line].LastIndexOf('"');
        var times = new List<double>();
        for (int key = 0; key < keys; key++)
        {
            int version = key + 2;
            var range = new JsonObject { ["start"] = Position(line, column), ["end"] = Position(line, column + (key % 2)) };
            long start = Stopwatch.GetTimestamp();
            server.Notify("textDocument/didChange", new()
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
                ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = range, ["text"] = key % 2 == 0 ? "1" : "" }),
            });
            server.WaitForDiagnostics(uri, version);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        server.Notify("textDocument/didClose", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        return times;
    }

    private static List<double> Completions(Session server, string path, string text, int count)
    {
        string uri = new Uri(path).AbsoluteUri;
        server.Notify("textDocument/didOpen", new() { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "vpython", ["version"] = 1, ["text"] = text } });
        int line = text.Count(static sign => sign == '\n');
        int column = text.Length - text.LastIndexOf('\n') - 1;
        JsonObject Parameters() => new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = Position(line, column) };
        JsonNode? first = server.Request("textDocument/completion", Parameters());
        if (first?["items"] is not JsonArray { Count: > 0 }) throw new InvalidOperationException("there is nothing to complete");
        return Times(count, () => server.Request("textDocument/completion", Parameters()));
    }

    private static JsonObject Position(int line, int character) => new() { ["line"] = line, ["character"] = character };

    private static string LargeSpec()
    {
        var text = new StringBuilder("python_version: \"3.11\"\n");
        foreach (int number in Enumerable.Range(0, LargeSpecWheels)) text.Append(CultureInfo.InvariantCulture, $"wheel: <\n  name: \"infra/python/wheels/package{number}/${{vpython_platform}}\"\n  version: \"version:1.1\"\n>\n");
        return text.ToString();
    }

    private static string Spec(int number)
    {
        var text = new StringBuilder("python_version: \"3.11\"\n");
        foreach ((string name, string version) in ((string, string)[])[("attrs-py3", "23.1.0"), ("six-py2_py3", "1.16.0"), ("requests-py3", "2.31.0"), ("idna-py3", "3.4"), ("urllib3-py3", "2.1.0"), ("psutil/${vpython_platform}", "5.9.8")])
            text.Append(CultureInfo.InvariantCulture, $"# Used by: tool {number}\nwheel: <\n  name: \"infra/python/wheels/{name}\"\n  version: \"version:{version}\"\n>\n");
        return text.ToString();
    }

    private static List<double> Times(int count, Action action)
    {
        var times = new List<double>();
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times;
    }

    /// <summary>Elapsed times, and what the server's processor time is of each on average: that says something on a busy machine, too.</summary>
    private static void ReportOf(Session server, string what, string aim, Func<List<double>> measure)
    {
        TimeSpan before = server.ProcessorTime;
        List<double> times = measure();
        Report(what, aim, times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processor time of the server: {(server.ProcessorTime - before).TotalMilliseconds / times.Count:0.00} ms each"));
    }

    private static void Report(string what, string aim, List<double> times)
    {
        times.Sort();
        double median = times[times.Count / 2];
        double high = times[Math.Min(times.Count - 1, times.Count * 99 / 100)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: fastest {times[0]:0.00} ms, p50 {median:0.00} ms, p99 {high:0.00} ms, {times.Count} times (aim: {aim})"));
    }

    /// <summary>The server as a process, and a client that reads only what it waits for.</summary>
    private sealed class Session : IDisposable
    {
        private readonly Process _server;
        private int _lastId;

        public Session(string? catalogue, string? directory)
        {
            var start = new ProcessStartInfo(NativeExecutable.LanguageServer, ["--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = directory ?? "" };
            start.Environment["VPYTHON_VIRTUALENV_ROOT"] = "/nonexistent";
            start.Environment.Remove("VPYTHON_CATALOGUE");
            if (catalogue is not null) start.Environment["VPYTHON_CATALOGUE"] = catalogue;
            _server = Process.Start(start)!;
        }

        /// <summary>The memory that the process holds, in bytes.</summary>
        public long Memory
        {
            get
            {
                _server.Refresh();
                return _server.WorkingSet64;
            }
        }

        /// <summary>The processor time that the process has used.</summary>
        public TimeSpan ProcessorTime
        {
            get
            {
                _server.Refresh();
                return _server.TotalProcessorTime;
            }
        }

        public void Initialize(string? folder, bool pullsDiagnostics = false)
        {
            Request("initialize", new()
            {
                ["processId"] = null,
                ["capabilities"] = new JsonObject
                {
                    ["textDocument"] = pullsDiagnostics ? new JsonObject { ["diagnostic"] = new JsonObject() } : [],
                    ["workspace"] = pullsDiagnostics ? new JsonObject { ["diagnostics"] = new JsonObject { ["refreshSupport"] = true } } : [],
                },
                ["workspaceFolders"] = folder is null ? null : new JsonArray(new JsonObject { ["uri"] = new Uri(folder).AbsoluteUri, ["name"] = "folder" }),
            });
            Notify("initialized", []);
        }

        public JsonNode? Request(string method, JsonObject parameters)
        {
            int id = ++_lastId;
            Write(new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
            while (true)
            {
                JsonNode message = Read();
                if (message["method"] is null && (int)message["id"]! == id) return message["error"] is { } error ? throw new InvalidOperationException(error.ToJsonString()) : message["result"];
                Answer(message);
            }
        }

        public void Notify(string method, JsonObject parameters) => Write(new() { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

        public void WaitForDiagnostics(string uri, int version)
        {
            while (true)
            {
                JsonNode message = Read();
                if ((string?)message["method"] == "textDocument/publishDiagnostics" && (string)message["params"]!["uri"]! == uri && (int?)message["params"]!["version"] == version) return;
                Answer(message);
            }
        }

        public void Dispose()
        {
            _server.Kill();
            _server.WaitForExit();
            _server.Dispose();
        }

        private void Answer(JsonNode message)
        {
            if (message["method"] is not null && message["id"] is { } id) Write(new() { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = null });
        }

        private void Write(JsonObject message)
        {
            byte[] body = Encoding.UTF8.GetBytes(message.ToJsonString());
            Stream input = _server.StandardInput.BaseStream;
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
            input.Write(body);
            input.Flush();
        }

        private JsonNode Read()
        {
            Stream output = _server.StandardOutput.BaseStream;
            int length = 0;
            while (true)
            {
                var line = new StringBuilder();
                for (int unit = output.ReadByte(); unit != '\n'; unit = output.ReadByte())
                {
                    if (unit < 0) throw new InvalidOperationException("the server ended");
                    line.Append((char)unit);
                }
                string header = line.ToString().TrimEnd('\r');
                if (header.Length == 0) break;
                if (header.StartsWith("Content-Length: ", StringComparison.Ordinal)) length = int.Parse(header["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            }
            byte[] body = new byte[length];
            output.ReadExactly(body);
            return JsonNode.Parse(body)!;
        }
    }
}
