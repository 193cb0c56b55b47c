using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Lsp.Tests;

/// <summary>The ways to the native server other than its standard streams, and its command line.</summary>
public sealed class TransportTests : IDisposable
{
    private const string Conversation =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}
        {"jsonrpc":"2.0","id":2,"method":"shutdown"}
        {"jsonrpc":"2.0","method":"exit"}
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--socket={0}")]
    [InlineData("--socket {0}")]
    public void A_port_of_this_machine(string arguments)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Converse(listener, string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, ((IPEndPoint)listener.LocalEndPoint!).Port));
    }

    [Theory]
    [InlineData("--pipe={0}")]
    [InlineData("--pipe {0}")]
    public void A_pipe(string arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sockets of the file system");
        string path = _directory.Combine("pipe");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        Converse(listener, string.Format(System.Globalization.CultureInfo.InvariantCulture, arguments, path));
    }

    [Theory]
    [InlineData("--pipe=/nonexistent/pipe")]
    [InlineData("--socket=1")]
    public void A_client_that_does_not_listen_is_told_of(string arguments)
    {
        ProcessRun run = ProcessRun.Of(NativeExecutable.LanguageServer, arguments.Split(' '));
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("^vpython-lsp: the client cannot be reached at [^\n]+\n$", run.Error);
    }

    [Fact]
    public void Version_and_help_are_printed_and_nothing_is_waited_for()
    {
        Assert.Matches(@"^vpython-lsp \d+\.\d+\.\d+\n$", ProcessRun.Of(NativeExecutable.LanguageServer, ["--version"]).Output);
        ProcessRun help = ProcessRun.Of(NativeExecutable.LanguageServer, ["--help"]);
        Assert.Equal(0, help.ExitCode);
        string page = File.ReadAllText(Path.Combine(SharedData.ProjectRoot, "docs", "language-server.md"));
        foreach (string option in (string[])["--stdio", "--pipe NAME", "--socket PORT", "--clientProcessId PID"])
        {
            Assert.Contains(option, help.Output, StringComparison.Ordinal);
            Assert.Contains($"| `{option}` |", page, StringComparison.Ordinal);
        }
        ProcessRun wrong = ProcessRun.Of(NativeExecutable.LanguageServer, ["--tcp"]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Equal("vpython-lsp: unknown argument '--tcp'; --help lists the arguments\n", wrong.Error);
    }

    [Fact]
    public void The_server_ends_with_the_process_that_the_command_line_names()
    {
        using Process client = Process.Start(new ProcessStartInfo("/bin/cat") { RedirectStandardInput = true })!;
        using Process server = Process.Start(new ProcessStartInfo(NativeExecutable.LanguageServer, ["--stdio", $"--clientProcessId={client.Id}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        client.Kill();
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(60)), "the server goes on");
        Assert.Equal(1, server.ExitCode);
    }

    /// <summary>Whichever byte is the last, the server ends; and it ends well where the conversation was over.</summary>
    [Fact]
    public void An_input_that_ends_at_any_byte_ends_the_server()
    {
        byte[] all = Encoding.UTF8.GetBytes(string.Concat(Conversation.Split('\n').Select(Framed)));
        var lengths = new List<int> { all.Length };
        for (int length = 0; length < all.Length; length += 7) lengths.Add(length);
        Parallel.ForEach(lengths, new ParallelOptions { MaxDegreeOfParallelism = 4 }, length =>
        {
            using Process server = Process.Start(new ProcessStartInfo(NativeExecutable.LanguageServer, ["--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            server.StandardInput.BaseStream.Write(all.AsSpan(0, length));
            server.StandardInput.Close();
            Assert.True(server.WaitForExit(TimeSpan.FromSeconds(60)), $"the server goes on after {length} bytes");
            Assert.Equal(length == all.Length ? 0 : 1, server.ExitCode);
        });
    }

    [Fact]
    public void An_output_that_nobody_reads_any_more_does_not_keep_the_server()
    {
        using Process server = Process.Start(new ProcessStartInfo(NativeExecutable.LanguageServer, ["--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        server.StandardOutput.Close();
        try
        {
            foreach (string line in Conversation.Split('\n')) server.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(Framed(line)));
            server.StandardInput.Close();
        }
        catch (IOException)
        {
            // The server is gone already, as it may be.
        }
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(60)), "the server goes on");
    }

    private static string Framed(string body) => $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static void Converse(Socket listener, string arguments)
    {
        listener.Listen();
        using Process server = Process.Start(new ProcessStartInfo(NativeExecutable.LanguageServer, arguments.Split(' ')) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using Socket connection = listener.Accept();
        using var stream = new NetworkStream(connection);
        foreach (string line in Conversation.Split('\n')) stream.Write(Encoding.UTF8.GetBytes(Framed(line)));
        using var answers = new MemoryStream();
        stream.CopyTo(answers);
        Assert.True(server.WaitForExit(TimeSpan.FromSeconds(60)), "the server goes on");
        Assert.Equal(0, server.ExitCode);
        string text = Encoding.UTF8.GetString(answers.ToArray());
        Assert.Contains("\"serverInfo\"", text, StringComparison.Ordinal);
        Assert.Contains("\"id\":2", text, StringComparison.Ordinal);
        Assert.Equal("", server.StandardOutput.ReadToEnd());
    }
}
