using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests.Features;

/// <summary>Commands that start the native <c>vpython3</c>, with a real Python.</summary>
public sealed class RunnerCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_environment_is_looked_for_made_and_found()
    {
        Requirement.Tool("python3");
        string script = _directory.Write("tool.py", "#!/usr/bin/env vpython3\nprint()\n");
        using var server = new LanguageServerSession(new Dictionary<string, string?> { ["VPYTHON_VIRTUALENV_ROOT"] = _directory.Combine("root") });
        server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), options: new JsonObject { ["runnerPath"] = NativeExecutable.Runner });
        string uri = server.Open(script, File.ReadAllText(script), "python");
        JsonNode? Run(string command) => server.Result("workspace/executeCommand", new() { ["command"] = command, ["arguments"] = new JsonArray(uri), ["workDoneToken"] = command });

        Assert.False((bool)Run("vpython.showEnvironment")!["environment"]!["ready"]!);
        Assert.Null(Run("vpython.installEnvironment"));
        Assert.Equal("begin", (string)server.Take("$/progress", message => message["token"]!.ToJsonString() == "\"vpython.installEnvironment\"")["value"]!["kind"]!);
        server.Take("$/progress", message => message["token"]!.ToJsonString() == "\"vpython.installEnvironment\"" && (string)message["value"]!["kind"]! == "end");
        Assert.True((bool)Run("vpython.showEnvironment")!["environment"]!["ready"]!);
        string interpreter = (string)Run("vpython.interpreterPath")!["path"]!;
        Assert.StartsWith(_directory.Combine("root"), interpreter, StringComparison.Ordinal);
        Assert.True(File.Exists(interpreter), interpreter);
        server.Take("workspace/codeLens/refresh");
        JsonArray lenses = server.Result("textDocument/codeLens", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray();
        Assert.Contains(lenses, lens => (string)lens!["command"]!["command"]! == "vpython.showEnvironment");
        server.End();
    }

    [Fact]
    public void A_runner_that_fails_says_why()
    {
        string script = _directory.Write("tool.py", "# [VPYTHON:BEGIN]\n# nonsense\n# [VPYTHON:END]\n");
        using var server = new LanguageServerSession(new Dictionary<string, string?> { ["VPYTHON_VIRTUALENV_ROOT"] = _directory.Combine("root") });
        server.Initialize(options: new JsonObject { ["runnerPath"] = NativeExecutable.Runner });
        JsonNode answer = server.Request("workspace/executeCommand", new() { ["command"] = "vpython.installEnvironment", ["arguments"] = new JsonArray(LanguageServerSession.UriOf(script)) });
        Assert.Equal(-32803, (int)answer["error"]!["code"]!);
        Assert.Contains("tool.py:2:", (string)answer["error"]!["message"]!, StringComparison.Ordinal);
        server.End();
    }
}
