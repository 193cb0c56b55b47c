using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests;

/// <summary>Clients that send what they should not: each has the outcome that docs/language-server.md tells, and the next request has its answer.</summary>
public sealed class HostileClientTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly LanguageServerSession _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _directory.Dispose();
    }

    public static TheoryData<string, string> WrongArguments => new()
    {
        { "textDocument/completion", "{}" },
        { "textDocument/completion", "null" },
        { "textDocument/completion", "[]" },
        { "textDocument/completion", """{"textDocument":{"uri":7},"position":{"line":0,"character":0}}""" },
        { "textDocument/completion", """{"textDocument":{"uri":"file:///x"},"position":{"line":"0","character":0}}""" },
        { "textDocument/hover", """{"textDocument":null,"position":{"line":0,"character":0}}""" },
        { "textDocument/hover", """{"textDocument":{"uri":null},"position":{"line":0,"character":0}}""" },
        { "textDocument/hover", """{"textDocument":{"uri":"file:///x"},"position":{"line":99999999999,"character":0}}""" },
        { "textDocument/diagnostic", """{"textDocument":"file:///x"}""" },
        { "textDocument/selectionRange", """{"textDocument":{"uri":"OPEN"},"positions":null}""" },
        { "textDocument/selectionRange", """{"textDocument":{"uri":"OPEN"},"positions":[null]}""" },
        { "textDocument/codeAction", """{"textDocument":{"uri":"OPEN"},"range":{},"context":null}""" },
        { "textDocument/codeAction", """{"textDocument":{"uri":"OPEN"},"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"context":{}}""" },
        { "textDocument/rename", """{"textDocument":{"uri":"OPEN"},"position":{"line":0,"character":0}}""" },
        { "textDocument/onTypeFormatting", """{"textDocument":{"uri":"OPEN"},"position":{"line":0,"character":0}}""" },
        { "textDocument/semanticTokens/full/delta", """{"textDocument":{"uri":"OPEN"}}""" },
        { "completionItem/resolve", """{"label":"x","data":{"uri":7,"key":[]}}""" },
        { "completionItem/resolve", """{"data":1}""" },
        { "codeAction/resolve", """{"title":"x","data":{"key":"fixAll"}}""" },
        { "codeAction/resolve", """{"title":"x","data":{"uri":"OPEN","version":"1","key":"fixAll"}}""" },
        { "codeAction/resolve", """{"title":"x","data":[1,2]}""" },
        { "workspace/diagnostic", """{"previousResultIds":[{"uri":1}]}""" },
        { "workspace/diagnostic", "{}" },
        { "workspace/symbol", """{"query":null}""" },
        { "workspace/executeCommand", """{"command":null}""" },
        { "workspace/executeCommand", """{"command":"vpython.explainSpec","arguments":[null]}""" },
        { "workspace/executeCommand", """{"command":"vpython.explainSpec","arguments":{}}""" },
        { "textDocument/didSomething", "{}" },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void Arguments_of_the_wrong_kind_are_an_error_of_the_client_or_nothing(string method, string parameters)
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), "python_version: \"3.11\"\n");
        JsonNode answer = _server.SendUnchecked(method, JsonNode.Parse(parameters.Replace("OPEN", uri, StringComparison.Ordinal)));
        if (answer["error"] is { } error)
        {
            Assert.Contains((int)error["code"]!, (int[])[-32602, -32601, -32803]);
            Assert.DoesNotContain("   at ", answer.ToJsonString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.True(answer.AsObject().ContainsKey("result"));
        }
        Assert.NotNull(_server.Result("textDocument/documentSymbol", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } }));
        Assert.Equal("", _server.Errors);
    }

    public static TheoryData<string, string> WrongNotifications => new()
    {
        { "textDocument/didOpen", "{}" },
        { "textDocument/didOpen", """{"textDocument":{"uri":"file:///x","languageId":null,"version":1,"text":null}}""" },
        { "textDocument/didChange", """{"textDocument":{"uri":"file:///not/open","version":2},"contentChanges":[{"text":""}]}""" },
        { "textDocument/didChange", """{"textDocument":{"uri":"OPEN","version":2},"contentChanges":null}""" },
        { "textDocument/didChange", """{"textDocument":{"uri":"OPEN","version":2},"contentChanges":[null]}""" },
        { "textDocument/didChange", """{"textDocument":{"uri":"OPEN"},"contentChanges":[]}""" },
        { "textDocument/didClose", """{"textDocument":{"uri":"file:///not/open"}}""" },
        { "textDocument/didSave", """{"textDocument":{"uri":"::"}}""" },
        { "workspace/didChangeWatchedFiles", """{"changes":[{"uri":"file:///%00","type":9},{"uri":"","type":1}]}""" },
        { "workspace/didChangeWorkspaceFolders", """{"event":{"added":[{"uri":"::","name":""}],"removed":[]}}""" },
        { "workspace/didChangeWorkspaceFolders", """{"event":null}""" },
        { "workspace/didChangeConfiguration", """{"settings":{"vpython":{"cataloguePath":7,"runnerPath":[],"workspaceDiagnostics":"yes"}}}""" },
        { "$/cancelRequest", """{"id":12345}""" },
        { "$/setTrace", """{"value":7}""" },
        { "$/unknown", "{}" },
        { "window/workDoneProgress/cancel", """{"token":"nothing"}""" },
    };

    [Theory]
    [MemberData(nameof(WrongNotifications))]
    public void Notifications_of_the_wrong_kind_leave_the_documents_as_they_are(string method, string parameters)
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), "python_version: \"3.11\"\n");
        _server.NotifyUnchecked(method, JsonNode.Parse(parameters.Replace("OPEN", uri, StringComparison.Ordinal)));
        JsonNode symbols = _server.Result("textDocument/documentSymbol", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })!;
        Assert.Single(symbols.AsArray());
        _server.End();
    }

    [Fact]
    public void A_request_that_is_cancelled_has_an_answer()
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), string.Concat(Enumerable.Repeat("wheel: <\n  name: \"a/b\"\n>\n", 2000)));
        int id = _server.Begin("textDocument/formatting", new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true } });
        _server.Notify("$/cancelRequest", new() { ["id"] = id });
        JsonNode answer = _server.Answer(id);
        Assert.True(answer["error"] is null || (int)answer["error"]!["code"]! == -32800, answer["error"]?.ToJsonString());
        _server.End();
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_put_the_text_out_of_step()
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), "# x\n");
        _server.NotifyRaw($$$"""{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"{{{uri}}}","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":2},"end":{"line":0,"character":2}},"text":"\ud83d"}]}}""");
        _server.Change(uri, 3, new JsonObject { ["range"] = Range(0, 2, 0, 3), ["text"] = "\U0001F600" });
        _server.Change(uri, 4, new JsonObject { ["range"] = Range(1, 0, 1, 0), ["text"] = "name" });
        Assert.NotEmpty(_server.Diagnostics(uri, 4));
        JsonNode symbols = _server.Result("textDocument/foldingRange", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })!;
        Assert.NotNull(symbols);
        _server.End();
    }

    [Fact]
    public void A_deep_text_is_no_end_of_the_stack()
    {
        _server.Initialize();
        string deep = string.Concat(Enumerable.Repeat("a{", 200_000));
        string uri = _server.Open(_directory.Combine(".vpython3"), deep);
        Assert.NotEmpty(_server.Diagnostics(uri, 1));
        foreach (string method in (string[])["textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink", "textDocument/codeLens", "textDocument/semanticTokens/full"])
            Assert.Null(_server.Request(method, new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })["error"]);
        foreach (string method in (string[])["textDocument/completion", "textDocument/hover", "textDocument/documentHighlight", "textDocument/definition"])
            _server.ResultAt(method, uri, 0, deep.Length - 3);
        _server.End();
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":987654,"result":null}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"abc","result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":987654,"error":{"code":-32600,"message":"no"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}""")]
    public void An_answer_to_nothing_is_passed_over(string answer)
    {
        _server.Initialize();
        string uri = _server.Open(_directory.Combine(".vpython3"), "python_version: \"3.11\"\n");
        _server.NotifyRaw(answer);
        Assert.Single(_server.Result("textDocument/documentSymbol", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray());
        _server.End();
    }

    [Fact]
    public void What_nests_as_deep_as_specs_may_is_answered()
    {
        _server.Initialize();
        string text = string.Concat(Enumerable.Repeat("wheel<", 90));
        string uri = _server.Open(_directory.Combine(".vpython3"), text);
        Assert.NotEmpty(_server.Result("textDocument/documentSymbol", new() { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray());
        JsonObject ranges = new()
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["positions"] = new JsonArray(new JsonObject { ["line"] = 0, ["character"] = text.Length }),
        };
        Assert.Single(_server.Result("textDocument/selectionRange", ranges)!.AsArray());
        _server.End();
    }

    private static JsonObject Range(int line1, int column1, int line2, int column2) => new()
    {
        ["start"] = new JsonObject { ["line"] = line1, ["character"] = column1 },
        ["end"] = new JsonObject { ["line"] = line2, ["character"] = column2 },
    };
}
