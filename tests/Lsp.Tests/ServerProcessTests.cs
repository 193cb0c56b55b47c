using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests;

/// <summary>The native server, from its first message to its exit code, over its standard streams.</summary>
public sealed class ServerProcessTests : IDisposable
{
    private const int ServerNotInitialized = -32002;
    private const int InvalidRequest = -32600;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;
    private const int ParseError = -32700;

    /// <summary>How long the server may take to end before the test is given up; a sound server takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _server = Start(NativeExecutable.LanguageServer, "--stdio");

    public void Dispose()
    {
        if (!_server.HasExited) _server.Kill();
        _server.Dispose();
    }

    [Fact]
    public void A_conversation_from_initialize_to_exit_ends_with_zero()
    {
        JsonNode answer = Request(1, "initialize", new() { ["processId"] = null, ["rootUri"] = null, ["capabilities"] = new JsonObject() });
        Assert.Equal("vpython-lsp", (string)answer["result"]!["serverInfo"]!["name"]!);
        Assert.Equal("utf-16", (string)answer["result"]!["capabilities"]!["positionEncoding"]!);
        Notify("initialized");
        JsonNode closed = Request(2, "shutdown");
        Assert.Null(closed["error"]);
        Assert.True(closed.AsObject().ContainsKey("result"), closed.ToJsonString());
        Notify("exit");
        Assert.Equal(0, ExitCode());
        Assert.Equal("", _server.StandardError.ReadToEnd());
    }

    [Fact]
    public void A_client_that_knows_utf_8_gets_it()
    {
        JsonNode answer = Request(1, "initialize", new()
        {
            ["capabilities"] = new JsonObject { ["general"] = new JsonObject { ["positionEncodings"] = new JsonArray("utf-16", "utf-8") } },
        });
        Assert.Equal("utf-8", (string)answer["result"]!["capabilities"]!["positionEncoding"]!);
    }

    [Fact]
    public void Requests_before_initialize_are_refused()
    {
        Assert.Equal(ServerNotInitialized, Error(Request(1, "shutdown")));
        Assert.Null(Initialize(2)["error"]);
    }

    [Fact]
    public void A_second_initialize_is_refused()
    {
        Assert.Null(Initialize(1)["error"]);
        Assert.Equal(InvalidRequest, Error(Initialize(2)));
    }

    [Fact]
    public void Requests_after_shutdown_are_refused()
    {
        Initialize(1);
        Request(2, "shutdown");
        Assert.Equal(InvalidRequest, Error(Request(3, "shutdown")));
        Assert.Equal(InvalidRequest, Error(Initialize(4)));
    }

    [Fact]
    public void Exit_without_shutdown_ends_with_one()
    {
        Initialize(1);
        Notify("exit");
        Assert.Equal(1, ExitCode());
    }

    [Fact]
    public void All_that_was_sent_in_one_piece_is_answered_before_the_end()
    {
        Write(
            Message("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}""")
            + Message("""{"jsonrpc":"2.0","id":2,"method":"shutdown"}""")
            + Message("""{"jsonrpc":"2.0","method":"exit"}"""));
        _server.StandardInput.Close();
        int[] answered = [(int)Receive()["id"]!, (int)Receive()["id"]!];
        Assert.Equal([1, 2], answered.Order());
        Assert.Equal(0, ExitCode());
        Assert.Equal("", _server.StandardError.ReadToEnd());
    }

    [Fact]
    public void Unknown_requests_are_refused_by_the_stage_before_the_method_is_looked_for()
    {
        Assert.Equal(ServerNotInitialized, Error(Request(1, "no/such")));
        Initialize(2);
        Assert.Equal(MethodNotFound, Error(Request(3, "no/such")));
        Request(4, "shutdown");
        Assert.Equal(InvalidRequest, Error(Request(5, "no/such")));
    }

    [Theory]
    [InlineData("Content-Length: many\r\n\r\n{}")]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    [InlineData("Content-Length: 99999999999\r\n\r\n{}")]
    [InlineData("Content-Length: 67108865\r\n\r\n{}")]
    [InlineData("Content-Type: x\r\n\r\n{}")]
    [InlineData("no header\r\n\r\n{}")]
    [InlineData("\r\n\r\n{}")]
    [InlineData("\0\u0001\u0002\n")]
    public void Headers_that_are_none_end_the_server_with_a_word(string input)
    {
        Write(input);
        JsonNode answer = Receive();
        Assert.True(answer.AsObject().ContainsKey("id"), answer.ToJsonString());
        Assert.Null(answer["id"]);
        Assert.Equal(InvalidRequest, Error(answer));
        Assert.Equal(1, ExitCode());
        Assert.Matches("^vpython-lsp: the input is not a message: [^\n]+\n$", _server.StandardError.ReadToEnd());
    }

    [Fact]
    public void Headers_without_an_end_end_the_server_with_a_word()
    {
        Write(new string('x', 5000));
        Assert.Equal(InvalidRequest, Error(Receive()));
        Assert.Equal(1, ExitCode());
    }

    [Theory]
    [InlineData("{\"jsonrpc")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\",\"params\":7}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"shutdown\"}")]
    [InlineData("\u00ff\u00fe")]
    public void A_message_that_is_no_json_rpc_is_refused_and_the_next_one_is_read(string body)
    {
        Write(Message(body));
        JsonNode answer = Receive();
        Assert.True(answer.AsObject().ContainsKey("id"), answer.ToJsonString());
        Assert.Null(answer["id"]);
        Assert.Contains(Error(answer), (int[])[ParseError, InvalidRequest]);
        Assert.Null(Initialize(1)["error"]);
        Request(2, "shutdown");
        Notify("exit");
        Assert.Equal(0, ExitCode());
        Assert.Matches("^vpython-lsp: a message is no JSON-RPC: [^\n]+\n$", _server.StandardError.ReadToEnd());
    }

    [Fact]
    public void A_message_that_is_cut_off_ends_the_server_with_a_word()
    {
        Write("Content-Length: 100\r\n\r\n{");
        _server.StandardInput.Close();
        Assert.Equal(1, ExitCode());
        Assert.Equal("vpython-lsp: the input ended in the middle of a message\n", _server.StandardError.ReadToEnd());
    }

    [Fact]
    public void Errors_do_not_tell_where_in_the_server_they_arose()
    {
        JsonNode answer = Request(1, "initialize", new() { ["processId"] = "no number", ["capabilities"] = new JsonObject() });
        Assert.Equal(InvalidParams, Error(answer));
        Assert.DoesNotContain("   at ", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_that_closes_without_a_word_ends_the_server_with_one()
    {
        Initialize(1);
        _server.StandardInput.Close();
        Assert.Equal(1, ExitCode());
    }

    [Fact]
    public void The_server_ends_with_its_client()
    {
        // The client is not who holds the pipe, as when an editor starts servers through a helper process.
        using Process client = Start("/bin/cat");
        Request(1, "initialize", new() { ["processId"] = client.Id, ["capabilities"] = new JsonObject() });
        Assert.False(_server.HasExited);
        client.Kill();
        Assert.Equal(1, ExitCode());
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static int Error(JsonNode answer) => (int)answer["error"]!["code"]!;

    private JsonNode Initialize(int id) => Request(id, "initialize", new() { ["processId"] = null, ["capabilities"] = new JsonObject() });

    private JsonNode Request(int id, string method, JsonObject? parameters = null)
    {
        Send(new() { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method }, parameters);
        JsonNode answer = Receive();
        Assert.Equal(id, (int)answer["id"]!);
        return answer;
    }

    private void Notify(string method) => Send(new() { ["jsonrpc"] = "2.0", ["method"] = method }, null);

    private void Send(JsonObject message, JsonObject? parameters)
    {
        if (parameters is not null) message["params"] = parameters;
        Write(Message(message.ToJsonString()));
    }

    private static string Message(string body) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    private void Write(string text)
    {
        Stream input = _server.StandardInput.BaseStream;
        input.Write(Encoding.UTF8.GetBytes(text));
        input.Flush();
    }

    private JsonNode Receive()
    {
        Stream output = _server.StandardOutput.BaseStream;
        var header = new StringBuilder();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int unit = output.ReadByte();
            if (unit < 0) Assert.Fail($"the server ended in the middle of '{header}': {_server.StandardError.ReadToEnd()}");
            header.Append((char)unit);
        }
        string length = header.ToString().Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        byte[] body = new byte[int.Parse(length["Content-Length: ".Length..], CultureInfo.InvariantCulture)];
        output.ReadExactly(body);
        return JsonNode.Parse(body)!;
    }

    private int ExitCode()
    {
        Assert.True(_server.WaitForExit(Patience), "the server goes on");
        return _server.ExitCode;
    }
}
