using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests.Features;

/// <summary>Diagnostics through the native server's pipe: sent and asked for, of what is open and of what is not.</summary>
public sealed class DiagnosticsTests : IDisposable
{
    private const string Duplicate =
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >

        """;

    private const string Good =
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >

        """;

    private const string OtherVersion =
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >

        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly LanguageServerSession _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Findings_are_sent_when_a_document_is_opened_and_changed(bool isEmbedded)
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(isEmbedded ? "a.py" : ".vpython3"), In(Duplicate, isEmbedded));
        JsonArray found = _server.Diagnostics(uri, 1);
        JsonNode duplicate = Assert.Single(found, diagnostic => (string)diagnostic!["code"]! == "VPY2301")!;
        Assert.Equal("vpython", (string)duplicate["source"]!);
        Assert.Equal(isEmbedded ? 8 : 6, (int)duplicate["range"]!["start"]!["line"]!);
        Assert.Equal(uri, (string)duplicate["relatedInformation"]![0]!["location"]!["uri"]!);
        Assert.NotEmpty(duplicate["data"]!["fixes"]!.AsArray());

        _server.Change(uri, 2, In(Good, isEmbedded));
        Assert.DoesNotContain(_server.Diagnostics(uri, 2), diagnostic => (string)diagnostic!["code"]! == "VPY2301");
        _server.End();
    }

    [Fact]
    public void A_script_without_a_spec_has_nothing_to_say()
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine("a.py"), "import os\n", "python");
        Assert.Empty(_server.Diagnostics(uri, 1));
        _server.End();
        Assert.DoesNotContain(_server.Received, static message => (string?)message["method"] == "window/logMessage");
    }

    [Fact]
    public void A_closed_document_that_is_no_file_has_no_findings_any_more()
    {
        _server.Initialize();
        string uri = _server.Open("untitled:Untitled-1", "wheel <");
        Assert.NotEmpty(_server.Diagnostics(uri, 1));
        _server.Notify("textDocument/didClose", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        JsonNode closed = _server.Take("textDocument/publishDiagnostics", message => (string)message["uri"]! == uri);
        Assert.Empty(closed["diagnostics"]!.AsArray());
        _server.End();
    }

    [Fact]
    public void Files_that_are_not_open_are_looked_at_too_and_what_is_between_them()
    {
        string first = _directory.Write("a/.vpython3", Good);
        string second = _directory.Write("b/.vpython3", OtherVersion);
        _server.Initialize(folder: _directory.Path);
        JsonNode found = _server.Take("textDocument/publishDiagnostics", message => Has(message, LanguageServerSession.UriOf(second), "VPY2901"));
        Assert.Null(found["version"]);

        // The other one is mended in the editor, not on the disk.
        string uri = _server.Open(first, OtherVersion);
        JsonNode mended = _server.Take("textDocument/publishDiagnostics", message => (string)message["uri"]! == LanguageServerSession.UriOf(second));
        Assert.DoesNotContain(mended["diagnostics"]!.AsArray(), diagnostic => (string)diagnostic!["code"]! == "VPY2901");

        // And broken again.
        _server.Change(uri, 2, Good);
        _server.Take("textDocument/publishDiagnostics", message => Has(message, LanguageServerSession.UriOf(second), "VPY2901"));
        _server.End();
    }

    [Fact]
    public void A_client_that_answers_nothing_hears_of_findings_all_the_same()
    {
        _server.LeftUnanswered = ["workspace/codeLens/refresh", "workspace/inlayHint/refresh", "workspace/semanticTokens/refresh", "client/registerCapability", "workspace/configuration"];
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), _directory.Path);
        string uri = _server.Open(_directory.Combine("x.py.vpython3"), Duplicate);
        _server.Take("textDocument/publishDiagnostics", message => Has(message, uri, "VPY2301"));
        _server.Change(uri, 2, Good);
        _server.Take("textDocument/publishDiagnostics", message => (int?)message["version"] == 2 && !Has(message, uri, "VPY2301"));
        _server.End();
    }

    [Fact]
    public void A_late_answer_does_not_bring_settings_of_before_back()
    {
        _server.LeftUnanswered = ["workspace/configuration"];
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: true), _directory.Path);
        string uri = LanguageServerSession.UriOf(_directory.Write("x.py.vpython3", Duplicate));
        _server.Answer(_server.TakeQuestion("workspace/configuration"), new JsonArray((JsonNode?)null));
        Assert.Contains(InWorkspace(), report => (string)report!["uri"]! == uri);

        _server.Notify("workspace/didChangeConfiguration", new() { ["settings"] = null });
        JsonNode earlier = _server.TakeQuestion("workspace/configuration");
        _server.Notify("workspace/didChangeConfiguration", new() { ["settings"] = null });
        JsonNode later = _server.TakeQuestion("workspace/configuration");
        _server.Answer(later, new JsonArray(new JsonObject { ["workspaceDiagnostics"] = false }));
        Assert.True(SpinWait.SpinUntil(() => InWorkspace().Count == 0, TimeSpan.FromMinutes(1)));
        _server.Answer(earlier, new JsonArray(new JsonObject { ["workspaceDiagnostics"] = true }));
        for (int i = 0; i < 100; i++) Assert.Empty(InWorkspace());
        _server.End();

        JsonArray InWorkspace() => _server.Result("workspace/diagnostic", new() { ["previousResultIds"] = new JsonArray() })!["items"]!.AsArray();
    }

    [Fact]
    public void Files_that_come_change_and_go_are_followed()
    {
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), _directory.Path);
        JsonNode registration = _server.Take("client/registerCapability");
        Assert.Contains(registration["registrations"]!.AsArray(), entry => (string)entry!["method"]! == "workspace/didChangeWatchedFiles");

        string path = _directory.Write("x.py.vpython3", Duplicate);
        string uri = LanguageServerSession.UriOf(path);
        Watched(uri, 1);
        _server.Take("textDocument/publishDiagnostics", message => Has(message, uri, "VPY2301"));
        _directory.Write("x.py.vpython3", Good);
        Watched(uri, 2);
        _server.Take("textDocument/publishDiagnostics", message => (string)message["uri"]! == uri && !Has(message, uri, "VPY2301"));
        File.Delete(path);
        Watched(uri, 3);
        _server.Take("textDocument/publishDiagnostics", message => (string)message["uri"]! == uri && message["diagnostics"]!.AsArray().Count == 0);
        _server.End();
    }

    [Theory]
    [InlineData("bin/tool", true)]
    [InlineData("bin/tool", false)]
    [InlineData("tool.py", false)]
    public void Specs_whose_changes_nobody_tells_of_are_looked_at_again(string name, bool watchesFiles)
    {
        string path = _directory.Write(name, In(Duplicate, isEmbedded: true));
        JsonObject capabilities = LanguageServerSession.FullCapabilities(pullsDiagnostics: true);
        if (!watchesFiles) capabilities["workspace"]!.AsObject().Remove("didChangeWatchedFiles");
        _server.Initialize(capabilities, _directory.Path);
        Assert.Contains("VPY2301", InWorkspace(), StringComparison.Ordinal);
        _directory.Write(name, In(Good, isEmbedded: true));
        Assert.DoesNotContain("VPY2301", InWorkspace(), StringComparison.Ordinal);
        File.Delete(path);
        Assert.Equal("[]", InWorkspace());
        _server.End();

        string InWorkspace() => _server.Result("workspace/diagnostic", new() { ["previousResultIds"] = new JsonArray() })!["items"]!.ToJsonString();
    }

    [Fact]
    public void Settings_of_editorconfig_apply_and_their_changes_are_seen()
    {
        _directory.Write(".editorconfig", "root = true\n[*]\nvpython_diagnostic.VPY2301.severity = hint\n");
        _server.Initialize(folder: _directory.Path);
        string uri = _server.Open(_directory.Combine(".vpython3"), Duplicate);
        Assert.Contains(_server.Diagnostics(uri, 1), diagnostic => (string)diagnostic!["code"]! == "VPY2301" && (int)diagnostic["severity"]! == 4);
        string settings = _directory.Write(".editorconfig", "root = true\n[*]\nvpython_diagnostic.VPY2301.severity = none\n");
        Watched(LanguageServerSession.UriOf(settings), 2);
        _server.Take("textDocument/publishDiagnostics", message => (string)message["uri"]! == uri && !Has(message, uri, "VPY2301"));
        _server.End();
    }

    [Fact]
    public void What_is_asked_for_is_not_sent_and_comes_with_an_identity()
    {
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: true));
        string uri = _server.Open(_directory.Combine(".vpython3"), Duplicate);
        JsonNode first = Pull(uri, null);
        Assert.Equal("full", (string)first["kind"]!);
        Assert.Contains(first["items"]!.AsArray(), diagnostic => (string)diagnostic!["code"]! == "VPY2301");
        JsonNode again = Pull(uri, (string)first["resultId"]!);
        Assert.Equal("unchanged", (string)again["kind"]!);
        Assert.Equal((string)first["resultId"]!, (string)again["resultId"]!);
        _server.Change(uri, 2, Good);
        JsonNode changed = Pull(uri, (string)first["resultId"]!);
        Assert.Equal("full", (string)changed["kind"]!);
        Assert.DoesNotContain(changed["items"]!.AsArray(), diagnostic => (string)diagnostic!["code"]! == "VPY2301");
        _server.End();
        Assert.DoesNotContain(_server.Received, static message => (string?)message["method"] == "textDocument/publishDiagnostics");
    }

    [Fact]
    public void The_findings_of_a_workspace_can_be_asked_for_whole_and_in_parts()
    {
        string first = LanguageServerSession.UriOf(_directory.Write("a/.vpython3", Good));
        string second = LanguageServerSession.UriOf(_directory.Write("b/tool.py", In(OtherVersion, isEmbedded: true)));
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: true), _directory.Path);
        JsonArray whole = _server.Result("workspace/diagnostic", new() { ["previousResultIds"] = new JsonArray() })!["items"]!.AsArray();
        Assert.Equal([first, second], whole.Select(item => (string)item!["uri"]!));
        Assert.Contains(whole[1]!["items"]!.AsArray(), diagnostic => (string)diagnostic!["code"]! == "VPY2901" && (string)diagnostic["relatedInformation"]![0]!["location"]!["uri"]! == first);

        var known = new JsonArray([.. whole.Select(item => new JsonObject { ["uri"] = (string)item!["uri"]!, ["value"] = (string)item["resultId"]! })]);
        known.Add(new JsonObject { ["uri"] = LanguageServerSession.UriOf(_directory.Combine("gone.vpython3")), ["value"] = "1.0" });
        JsonNode parts = _server.Result("workspace/diagnostic", new() { ["previousResultIds"] = known, ["partialResultToken"] = "part", ["workDoneToken"] = 5 })!;
        Assert.Empty(parts["items"]!.AsArray());
        JsonArray items = _server.Take("$/progress", message => message["token"]!.ToJsonString() == "\"part\"")["value"]!["items"]!.AsArray();
        Assert.Equal(["unchanged", "unchanged", "full"], items.Select(item => (string)item!["kind"]!));
        Assert.Empty(items[2]!["items"]!.AsArray());
        Assert.Equal("begin", (string)_server.Take("$/progress", message => message["token"]!.ToJsonString() == "5")["value"]!["kind"]!);
        Assert.Equal("end", (string)_server.Take("$/progress", message => message["token"]!.ToJsonString() == "5")["value"]!["kind"]!);
        _server.End();
    }

    [Fact]
    public void A_document_that_is_too_long_is_not_looked_at_and_says_so()
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), new string('#', (8 << 20) + 1));
        JsonNode told = Assert.Single(_server.Diagnostics(uri, 1))!;
        Assert.Equal("VPY4104", (string)told["code"]!);
        Assert.Null(_server.Result("textDocument/formatting", new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true } }));
        _server.Change(uri, 2, Duplicate);
        Assert.Contains(_server.Diagnostics(uri, 2), diagnostic => (string)diagnostic!["code"]! == "VPY2301");
        _server.End();
    }

    [Fact]
    public void Of_very_many_findings_those_that_matter_most_are_told()
    {
        _server.Initialize();
        string text = string.Concat(Enumerable.Range(0, 1500).Select(static number => $"wheel: <\n  name: \"infra/python/wheels/nobody{number}\"\n  version: \"version:1\"\n>\n")) + "unknown: 1\n";
        string uri = _server.Open(_directory.Combine(".vpython3"), text);
        JsonArray found = _server.Diagnostics(uri, 1);
        Assert.Equal(1000, found.Count);
        Assert.Contains(found, static diagnostic => (int)diagnostic!["severity"]! == 1 && ((string)diagnostic["message"]!).Contains("unknown", StringComparison.Ordinal));
        _server.End();
    }

    [Fact]
    public void Columns_are_those_that_were_agreed_on()
    {
        const string Text = "# \U0001F600\nnam\U0001F600: 1\n";
        foreach (string encoding in (string[])["utf-8", "utf-16"])
        {
            using var server = new LanguageServerSession();
            server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false, encoding));
            Assert.Equal(encoding, (string)server.Initialized!["capabilities"]!["positionEncoding"]!);
            string uri = server.Open(_directory.Combine(".vpython3"), Text);
            server.Change(uri, 2, new JsonObject { ["range"] = RangeOf(1, 3, 1, encoding == "utf-8" ? 7 : 5), ["text"] = "e" });
            server.Change(uri, 3, new JsonObject { ["range"] = RangeOf(1, 4, 1, 4), ["text"] = "s" });
            Assert.Contains(server.Diagnostics(uri, 3), diagnostic => ((string)diagnostic!["message"]!).Contains("'names'", StringComparison.Ordinal));
            server.End();
        }
    }

    private static JsonObject RangeOf(int line1, int column1, int line2, int column2) => new()
    {
        ["start"] = new JsonObject { ["line"] = line1, ["character"] = column1 },
        ["end"] = new JsonObject { ["line"] = line2, ["character"] = column2 },
    };

    private static bool Has(JsonNode message, string uri, string code) =>
        (string)message["uri"]! == uri && message["diagnostics"]!.AsArray().Any(diagnostic => (string)diagnostic!["code"]! == code);

    private void Watched(string uri, int type) =>
        _server.Notify("workspace/didChangeWatchedFiles", new() { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = type }) });

    private JsonNode Pull(string uri, string? previous)
    {
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } };
        if (previous is not null) parameters["previousResultId"] = previous;
        return _server.Result("textDocument/diagnostic", parameters)!;
    }

    internal static string In(string spec, bool isEmbedded) =>
        isEmbedded ? "#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n" + string.Concat(spec.TrimEnd('\n').Split('\n').Select(static line => $"# {line}\n")) + "# [VPYTHON:END]\nprint()\n" : spec;
}
