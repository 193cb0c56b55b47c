using System.Globalization;
using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests.Features;

/// <summary>
/// Each feature through the native server's pipe, in a spec of its own and in a script: that it is offered, gets to the right place, and comes back where it belongs. What each
/// finds is tested with the language.
/// </summary>
public sealed class FeatureTests : IDisposable
{
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
    public void Completion_writes_at_the_cursor_and_tells_more_when_asked(bool isEmbedded)
    {
        string uri = Open(
            """
            python_version: "3.11"
            wheel: <
              name: "infra/python/wheels/requ$$"
            >
            """,
            isEmbedded,
            out (int Line, int Character) cursor);
        JsonNode list = _server.ResultAt("textDocument/completion", uri, cursor.Line, cursor.Character)!;
        JsonNode item = list["items"]!.AsArray().First(item => ((string)item!["textEdit"]!["newText"]!).Contains("requests", StringComparison.Ordinal))!;
        Assert.Equal(cursor.Line, (int)item["textEdit"]!["range"]!["start"]!["line"]!);
        Assert.True((int)item["textEdit"]!["range"]!["start"]!["character"]! <= cursor.Character);
        JsonNode resolved = _server.Result("completionItem/resolve", item.DeepClone().AsObject())!;
        Assert.Equal("markdown", (string)resolved["documentation"]!["kind"]!);
        Assert.NotEqual("", (string)resolved["documentation"]!["value"]!);
        _server.End();
    }

    [Fact]
    public void A_client_without_snippets_gets_plain_text()
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), "\n");
        JsonArray items = _server.ResultAt("textDocument/completion", uri, 0, 0)!["items"]!.AsArray();
        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal(1, (int)item!["insertTextFormat"]!));
        Assert.All(items, item => Assert.DoesNotContain("$0", (string)item!["textEdit"]!["newText"]!, StringComparison.Ordinal));
        _server.End();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hover_tells_of_what_is_under_the_pointer(bool isEmbedded)
    {
        string uri = Open("python_ver$$sion: \"3.11\"", isEmbedded, out (int Line, int Character) cursor);
        JsonNode hover = _server.ResultAt("textDocument/hover", uri, cursor.Line, cursor.Character)!;
        Assert.Equal("markdown", (string)hover["contents"]!["kind"]!);
        Assert.Equal(cursor.Character - "python_ver".Length, (int)hover["range"]!["start"]!["character"]!);
        Assert.Equal(cursor.Character + "sion".Length, (int)hover["range"]!["end"]!["character"]!);
        _server.End();
    }

    [Fact]
    public void A_client_without_markdown_gets_text_without_its_signs()
    {
        _server.Initialize(new JsonObject { ["textDocument"] = new JsonObject { ["hover"] = new JsonObject { ["contentFormat"] = new JsonArray("plaintext") } } });
        string uri = _server.Open(_directory.Combine(".vpython3"), "python_version: \"3.11\"\n");
        JsonNode contents = _server.ResultAt("textDocument/hover", uri, 0, 3)!["contents"]!;
        Assert.Equal("plaintext", (string)contents["kind"]!);
        Assert.StartsWith("string python_version = 1\n", (string)contents["value"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("`", (string)contents["value"]!, StringComparison.Ordinal);
        _server.End();
    }

    [Fact]
    public void A_script_without_a_spec_of_its_own_leads_to_its_partner_and_back()
    {
        string script = _directory.Write("tool.py", "#!/usr/bin/env vpython3\nimport os\n");
        string partner = _directory.Write("tool.py.vpython3", "python_version: \"3.11\"\n");
        _server.Initialize();
        string uri = _server.Open(script, File.ReadAllText(script), "python");
        Assert.Equal(LanguageServerSession.UriOf(partner), (string)Assert.Single(_server.ResultAt("textDocument/definition", uri, 0, 5)!.AsArray())!["uri"]!);
        JsonArray links = _server.Result("textDocument/documentLink", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray();
        Assert.Equal(LanguageServerSession.UriOf(partner), (string)Assert.Single(links)!["target"]!);
        string spec = _server.Open(partner, File.ReadAllText(partner));
        Assert.Equal(LanguageServerSession.UriOf(script), (string)Assert.Single(_server.ResultAt("textDocument/definition", spec, 0, 3)!.AsArray())!["uri"]!);
        _server.End();
    }

    [Fact]
    public void Outside_of_a_script_s_spec_the_server_is_silent()
    {
        string uri = Open("python_version: \"3.11\"", isEmbedded: true, out _);
        int line = 4;
        Assert.Null(_server.ResultAt("textDocument/hover", uri, line, 1));
        Assert.Null(_server.ResultAt("textDocument/completion", uri, line, 1));
        Assert.Empty(_server.ResultAt("textDocument/definition", uri, line, 1)!.AsArray());
        Assert.Empty(_server.ResultAt("textDocument/documentHighlight", uri, line, 1)!.AsArray());
        _server.End();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_finding_is_mended_by_an_action_whose_edits_come_when_it_is_chosen(bool isEmbedded)
    {
        const string Spec =
            """
            python_version: "3.11"
            wheel: <
              name: "infra/python/wheels/six-py2_py3"
              version: "version:1.16.0"
            >
            wheel: <
              na$$me: "infra/python/wheels/six-py2_py3"
              version: "version:1.16.0"
            >
            """;
        string uri = Open(Spec, isEmbedded, out (int Line, int Character) cursor);
        JsonArray found = _server.Diagnostics(uri, 1);
        JsonNode duplicate = found.First(diagnostic => (string)diagnostic!["code"]! == "VPY2301")!;
        JsonArray actions = Actions(uri, duplicate["range"]!, [duplicate.DeepClone()], null);
        JsonNode mend = actions.First(action => (string)action!["kind"]! == "quickfix" && action["isPreferred"] is not null)!;
        Assert.Equal("VPY2301", (string)mend["diagnostics"]![0]!["code"]!);
        Assert.Null(mend["edit"]);
        string mended = Apply(_server.Result("codeAction/resolve", mend.DeepClone().AsObject())!["edit"]!, uri);
        Assert.Single(mended.Split("six-py2_py3"), part => part.Contains("python_version", StringComparison.Ordinal));
        Assert.Equal(2, mended.Split("six-py2_py3").Length);

        JsonArray onlySource = Actions(uri, duplicate["range"]!, [], ["source.fixAll"]);
        Assert.All(onlySource, action => Assert.Equal("source.fixAll.vpython", (string)action!["kind"]!));
        Assert.NotEmpty(onlySource);

        _server.Change(uri, 2, Text(uri) + "\n");
        JsonNode late = _server.Request("codeAction/resolve", mend.DeepClone().AsObject());
        Assert.Equal(-32801, (int)late["error"]!["code"]!);
        Assert.True(cursor.Line > 0);
        _server.End();
    }

    [Fact]
    public void A_client_that_asks_for_no_edits_later_gets_them_at_once()
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), "python_version:    \"3.11\"\n");
        JsonArray actions = Actions(uri, RangeOf(0, 0), [], ["source.format.vpython"]);
        Assert.Equal("python_version: \"3.11\"\n", Edited("python_version:    \"3.11\"\n", Assert.Single(actions)!["edit"]!["changes"]![uri]!.AsArray()));
        _server.End();
    }

    [Fact]
    public void A_spec_moves_out_of_its_script_with_a_file_made_for_it()
    {
        string uri = Open("python_ver$$sion: \"3.11\"", isEmbedded: true, out (int Line, int Character) cursor);
        JsonNode move = Actions(uri, RangeOf(cursor.Line, cursor.Character), [], ["refactor.move"])[0]!;
        JsonArray steps = _server.Result("codeAction/resolve", move.DeepClone().AsObject())!["edit"]!["documentChanges"]!.AsArray();
        Assert.Equal("create", (string)steps[0]!["kind"]!);
        Assert.EndsWith(".vpython3", (string)steps[0]!["uri"]!, StringComparison.Ordinal);
        Assert.Contains(steps, step => (string?)step!["textDocument"]?["uri"] == uri && (int?)step["textDocument"]!["version"] == 1);
        _server.End();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_document_a_part_and_what_is_typed_are_laid_out(bool isEmbedded)
    {
        string uri = Open("python_version:   \"3.11\"\nwheel: {\n      name:\"a/b\"\n version: \"version:1\"\n}\n", isEmbedded, out _);
        var options = new JsonObject { ["tabSize"] = 8, ["insertSpaces"] = false };
        string whole = Edited(Text(uri), _server.Result("textDocument/formatting", new() { ["textDocument"] = Document(uri), ["options"] = options.DeepClone() })!.AsArray());
        Assert.Equal(In("python_version: \"3.11\"\nwheel: <\n  name: \"a/b\"\n  version: \"version:1\"\n>\n", isEmbedded), whole);

        int first = isEmbedded ? 2 : 0;
        string part = Edited(Text(uri), _server.Result("textDocument/rangeFormatting", new() { ["textDocument"] = Document(uri), ["range"] = RangeOf(first, 4), ["options"] = options.DeepClone() })!.AsArray());
        Assert.Equal(In("python_version: \"3.11\"\nwheel: {\n      name:\"a/b\"\n version: \"version:1\"\n}\n", isEmbedded), part);

        string typedText = In("wheel: <\n  name: \"a/b\"\nX", isEmbedded).Replace(isEmbedded ? "# X" : "X", "", StringComparison.Ordinal);
        _server.Change(uri, 2, typedText);
        _texts[uri] = typedText;
        int newLine = isEmbedded ? 4 : 2;
        JsonNode typed = _server.Result("textDocument/onTypeFormatting", new() { ["textDocument"] = Document(uri), ["position"] = PositionOf(newLine, 0), ["ch"] = "\n", ["options"] = options.DeepClone() })!;
        Assert.Equal(isEmbedded ? "#   " : "  ", Edited(typedText, typed.AsArray()).Split('\n')[newLine]);
        _server.End();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_outline_folds_selections_highlights_links_hints_and_lenses_are_in_the_spec(bool isEmbedded)
    {
        const string Spec =
            """
            python_version: "3.11"
            wheel: <
              name: "infra/python/wheels/nu$$mpy/${vpython_platform}"
              version: "version:1.20.3"
            >
            """;
        string uri = Open(Spec, isEmbedded, out (int Line, int Character) cursor);
        int first = isEmbedded ? 1 : 0;
        int last = isEmbedded ? 7 : 5;
        JsonArray symbols = _server.Result("textDocument/documentSymbol", new() { ["textDocument"] = Document(uri) })!.AsArray();
        Assert.Contains(symbols.SelectMany(Flatten), symbol => (string)symbol["name"]! == "numpy");
        JsonArray folds = _server.Result("textDocument/foldingRange", new() { ["textDocument"] = Document(uri) })!.AsArray();
        Assert.NotEmpty(folds);
        Assert.All(folds, fold => Assert.InRange((int)fold!["startLine"]!, first, last));
        JsonNode selection = _server.Result("textDocument/selectionRange", new() { ["textDocument"] = Document(uri), ["positions"] = new JsonArray(PositionOf(cursor.Line, cursor.Character)) })![0]!;
        Assert.NotNull(selection["parent"]);
        Assert.NotEmpty(_server.ResultAt("textDocument/documentHighlight", uri, cursor.Line, cursor.Character)!.AsArray());
        JsonArray links = _server.Result("textDocument/documentLink", new() { ["textDocument"] = Document(uri) })!.AsArray();
        Assert.Contains(links, link => ((string)link!["target"]!).Contains("/p/infra/python/wheels/numpy", StringComparison.Ordinal));
        JsonArray hints = _server.Result("textDocument/inlayHint", new() { ["textDocument"] = Document(uri), ["range"] = new JsonObject { ["start"] = PositionOf(0, 0), ["end"] = PositionOf(20, 0) } })!.AsArray();
        Assert.NotEmpty(hints);
        Assert.All(hints, hint => Assert.InRange((int)hint!["position"]!["line"]!, first, last));
        JsonArray lenses = _server.Result("textDocument/codeLens", new() { ["textDocument"] = Document(uri) })!.AsArray();
        Assert.NotEmpty(lenses);
        Assert.All(lenses, lens => Assert.StartsWith("vpython.", (string)lens!["command"]!["command"]!, StringComparison.Ordinal));
        Assert.DoesNotContain(lenses, lens => (string)lens!["command"]!["command"]! == "vpython.runScript");
        _server.End();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tokens_come_whole_in_part_and_as_differences(bool isEmbedded)
    {
        string uri = Open("python_version: \"3.11\"\n", isEmbedded, out _);
        JsonNode whole = _server.Result("textDocument/semanticTokens/full", new() { ["textDocument"] = Document(uri) })!;
        int[] data = Numbers(whole["data"]!);
        Assert.NotEmpty(data);
        Assert.Equal(0, data.Length % 5);
        string text = In("python_version: \"3.11\"\nwheel: <\n>\n", isEmbedded);
        _server.Change(uri, 2, text);
        JsonNode delta = _server.Result("textDocument/semanticTokens/full/delta", new() { ["textDocument"] = Document(uri), ["previousResultId"] = (string)whole["resultId"]! })!;
        List<int> edited = [.. data];
        foreach (JsonNode? edit in delta["edits"]!.AsArray())
        {
            edited.RemoveRange((int)edit!["start"]!, (int)edit["deleteCount"]!);
            if (edit["data"] is { } inserted) edited.InsertRange((int)edit["start"]!, Numbers(inserted));
        }
        JsonNode again = _server.Result("textDocument/semanticTokens/full", new() { ["textDocument"] = Document(uri) })!;
        Assert.Equal(Numbers(again["data"]!), edited);
        JsonNode forgotten = _server.Result("textDocument/semanticTokens/full/delta", new() { ["textDocument"] = Document(uri), ["previousResultId"] = "x" })!;
        Assert.Equal(edited, Numbers(forgotten["data"]!));
        JsonNode part = _server.Result("textDocument/semanticTokens/range", new() { ["textDocument"] = Document(uri), ["range"] = new JsonObject { ["start"] = PositionOf(isEmbedded ? 2 : 0, 0), ["end"] = PositionOf(isEmbedded ? 2 : 0, 24) } })!;
        Assert.NotEmpty(Numbers(part["data"]!));
        Assert.True(Numbers(part["data"]!).Length <= edited.Count);
        _server.End();
    }

    [Fact]
    public void A_wheel_is_found_followed_and_renamed_in_all_specs_of_the_workspace()
    {
        const string Wheel = "wheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  version: \"version:1.16.0\"\n>\n";
        string common = _directory.Write(".vpython3", "python_version: \"3.11\"\n" + Wheel);
        string closed = _directory.Write("tools/other.py.vpython3", "python_version: \"3.11\"\n" + Wheel);
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), _directory.Path);
        string uri = Open(Wheel.Replace("six", "s$$ix", StringComparison.Ordinal), isEmbedded: true, out (int Line, int Character) cursor, initialize: false);
        string[] all = [LanguageServerSession.UriOf(common), uri, LanguageServerSession.UriOf(closed)];

        JsonArray references = _server.ResultAt("textDocument/references", uri, cursor.Line, cursor.Character, new() { ["context"] = new JsonObject { ["includeDeclaration"] = true } })!.AsArray();
        Assert.Equal(all.Order(), references.Select(reference => (string)reference!["uri"]!).Order());
        JsonArray definition = _server.ResultAt("textDocument/definition", uri, cursor.Line, cursor.Character)!.AsArray();
        Assert.Equal(all[0], (string)Assert.Single(definition)!["uri"]!);
        JsonNode target = _server.ResultAt("textDocument/prepareRename", uri, cursor.Line, cursor.Character)!;
        Assert.Equal("six", (string)target["placeholder"]!);
        JsonArray changes = _server.ResultAt("textDocument/rename", uri, cursor.Line, cursor.Character, new() { ["newName"] = "seven" })!["documentChanges"]!.AsArray();
        Assert.Equal(all.Order(), changes.Select(change => (string)change!["textDocument"]!["uri"]!).Order());
        Assert.Equal(1, (int)changes.First(change => (string)change!["textDocument"]!["uri"]! == uri)!["textDocument"]!["version"]!);
        Assert.Null(changes.First(change => (string)change!["textDocument"]!["uri"]! == all[0])!["textDocument"]!["version"]);
        Assert.Contains("seven-py2_py3", Edited(Text(uri), changes.First(change => (string)change!["textDocument"]!["uri"]! == uri)!["edits"]!.AsArray()), StringComparison.Ordinal);

        JsonObject bad = new() { ["textDocument"] = Document(uri), ["position"] = PositionOf(cursor.Line, cursor.Character), ["newName"] = "no name" };
        Assert.Equal(-32803, (int)_server.Request("textDocument/rename", bad)["error"]!["code"]!);
        JsonArray symbols = _server.Result("workspace/symbol", new() { ["query"] = "six" })!.AsArray();
        Assert.Equal(3, symbols.Count);
        _server.End();
    }

    [Fact]
    public void A_command_explains_which_spec_a_script_gets()
    {
        string script = _directory.Write("tools/tool.py", "print()\n");
        string common = _directory.Write(".vpython3", "python_version: \"3.11\"\n");
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), _directory.Path);
        JsonNode explanation = _server.Result("workspace/executeCommand", new() { ["command"] = "vpython.explainSpec", ["arguments"] = new JsonArray(LanguageServerSession.UriOf(script)) })!;
        Assert.Equal(LanguageServerSession.UriOf(common), (string)explanation["spec"]!);
        Assert.Equal("Common", (string)explanation["origin"]!);
        Assert.NotEmpty(explanation["trace"]!.AsArray());
        Assert.Contains("tool.py", (string)_server.Take("window/showMessage")["message"]!, StringComparison.Ordinal);
        _server.End();
    }

    [Fact]
    public void A_command_upgrades_wheels_by_edits_that_the_client_makes()
    {
        string uri = Open("python_version: \"3.11\"\nwheel: <\n  name: \"infra/python/wheels/six-py2_py3\"\n  version: \"version:1.10.0\"\n>\n", isEmbedded: false, out _);
        Assert.Null(_server.Result("workspace/executeCommand", new() { ["command"] = "vpython.upgradeWheels", ["arguments"] = new JsonArray(uri) }));
        string upgraded = Apply(_server.Take("workspace/applyEdit")["edit"]!, uri);
        Assert.DoesNotContain("1.10.0", upgraded, StringComparison.Ordinal);
        _server.End();
    }

    [Theory]
    [InlineData("vpython.nothing", "\"file:///x\"")]
    [InlineData("vpython.explainSpec", "7")]
    [InlineData("vpython.explainSpec", "\"untitled:x\"")]
    [InlineData("vpython.upgradeWheels", "\"file:///not/open.vpython3\"")]
    [InlineData("vpython.installEnvironment", "\"file:///x.py\"")]
    public void A_command_that_cannot_be_done_is_refused_with_the_reason(string command, string argument)
    {
        _server.Initialize(options: new JsonObject { ["workspaceIsTrusted"] = false });
        JsonNode answer = _server.Request("workspace/executeCommand", new() { ["command"] = command, ["arguments"] = new JsonArray(JsonNode.Parse(argument)) });
        Assert.Equal(-32803, (int)answer["error"]!["code"]!);
        Assert.NotEqual("", (string)answer["error"]!["message"]!);
        _server.End();
    }

    [Fact]
    public void A_runner_in_the_workspace_is_started_only_when_that_is_trusted()
    {
        string evil = _directory.Write("bin/vpython3", "#!/bin/sh\ntouch started\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(evil, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var command = new JsonObject { ["command"] = "vpython.installEnvironment", ["arguments"] = new JsonArray(LanguageServerSession.UriOf(_directory.Write("x.py", "print()\n"))) };
        foreach (bool isInOptions in (bool[])[true, false])
        {
            using var server = new LanguageServerSession { Settings = isInOptions ? null : new JsonObject { ["runnerPath"] = evil } };
            server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), _directory.Path, isInOptions ? new JsonObject { ["runnerPath"] = evil } : null);
            server.Take("workspace/configuration");
            JsonNode answer = server.Request("workspace/executeCommand", command.DeepClone().AsObject());
            Assert.Equal(-32803, (int)answer["error"]!["code"]!);
            Assert.False(File.Exists(_directory.Combine("started")));
            server.End();
        }
        using var trusting = new LanguageServerSession();
        trusting.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false), _directory.Path, new JsonObject { ["runnerPath"] = evil, ["workspaceIsTrusted"] = true });
        Assert.Null(trusting.Result("workspace/executeCommand", command.DeepClone().AsObject()));
        Assert.True(File.Exists(_directory.Combine("started")));
        Assert.Equal("begin", (string)trusting.Take("$/progress")["value"]!["kind"]!);
        trusting.End();
    }

    [Fact]
    public void Requests_are_answered_by_the_text_of_their_moment_or_refused_as_outdated()
    {
        _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false));
        string uri = _server.Open(_directory.Combine(".vpython3"), "");
        var text = "";
        var asked = new List<(int Id, int Version, int Line)>();
        for (int version = 2; version < 120; version++)
        {
            text += version % 4 == 0 ? "\n" : "w";
            _server.Change(uri, version, text);
            int line = text.Count(static sign => sign == '\n');
            asked.Add((_server.Begin("textDocument/completion", new() { ["textDocument"] = Document(uri), ["position"] = PositionOf(line, text.Length - text.LastIndexOf('\n') - 1) }), version, line));
            _server.Begin("textDocument/semanticTokens/full", new() { ["textDocument"] = Document(uri) });
        }
        foreach ((int id, int _, int line) in asked)
        {
            JsonNode answer = _server.Answer(id);
            Assert.Null(answer["error"]);
            if (answer["result"] is { } list) Assert.All(list["items"]!.AsArray(), item => Assert.Equal(line, (int)item!["textEdit"]!["range"]!["start"]!["line"]!));
        }
        _server.End();
    }

    private readonly Dictionary<string, string> _texts = [];

    private string Text(string uri) => _texts[uri];

    private string Open(string marked, bool isEmbedded, out (int Line, int Character) cursor, bool initialize = true)
    {
        if (initialize) _server.Initialize(LanguageServerSession.FullCapabilities(pullsDiagnostics: false));
        string text = In(marked, isEmbedded);
        int offset = text.IndexOf("$$", StringComparison.Ordinal);
        if (offset >= 0) text = text.Remove(offset, 2);
        cursor = offset < 0 ? default : (text[..offset].Count(static sign => sign == '\n'), offset - text[..offset].LastIndexOf('\n') - 1);
        string uri = _server.Open(_directory.Combine(isEmbedded ? "script.py" : ".vpython3"), text, isEmbedded ? "python" : "vpython");
        _texts[uri] = text;
        return uri;
    }

    private static string In(string spec, bool isEmbedded) => DiagnosticsTests.In(spec, isEmbedded);

    private JsonArray Actions(string uri, JsonNode range, JsonArray diagnostics, JsonArray? only)
    {
        var context = new JsonObject { ["diagnostics"] = diagnostics };
        if (only is not null) context["only"] = only;
        return _server.Result("textDocument/codeAction", new() { ["textDocument"] = Document(uri), ["range"] = range.DeepClone(), ["context"] = context })!.AsArray();
    }

    private string Apply(JsonNode edit, string uri)
    {
        JsonNode change = edit["documentChanges"]!.AsArray().First(change => (string?)change!["textDocument"]?["uri"] == uri)!;
        return Edited(Text(uri), change["edits"]!.AsArray());
    }

    private static string Edited(string text, JsonArray edits)
    {
        foreach (JsonNode? edit in edits.OrderByDescending(edit => (int)edit!["range"]!["start"]!["line"]!).ThenByDescending(edit => (int)edit!["range"]!["start"]!["character"]!))
        {
            int start = OffsetOf(text, edit!["range"]!["start"]!);
            int end = OffsetOf(text, edit["range"]!["end"]!);
            text = text[..start] + (string)edit["newText"]! + text[end..];
        }
        return text;
    }

    private static int OffsetOf(string text, JsonNode position)
    {
        int offset = 0;
        for (int line = (int)position["line"]!; line > 0; line--) offset = text.IndexOf('\n', offset) + 1;
        return offset + (int)position["character"]!;
    }

    private static IEnumerable<JsonNode> Flatten(JsonNode? symbol) => (symbol!["children"]?.AsArray() ?? []).SelectMany(Flatten).Prepend(symbol);

    private static int[] Numbers(JsonNode data) => [.. data.AsArray().Select(number => int.Parse(number!.ToJsonString(), CultureInfo.InvariantCulture))];

    private static JsonObject Document(string uri) => new() { ["uri"] = uri };

    private static JsonObject PositionOf(int line, int character) => new() { ["line"] = line, ["character"] = character };

    private static JsonObject RangeOf(int line, int character) => new() { ["start"] = PositionOf(line, character), ["end"] = PositionOf(line, character) };
}
