using System.IO.Pipelines;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;

namespace VPythonTools.Lsp.Transport;

/// <summary>The way to the client: standard input and output, a pipe, or a port of this machine.</summary>
/// <param name="Reader">What the client says.</param>
/// <param name="Writer">What it is told.</param>
internal sealed record Connection(PipeReader Reader, PipeWriter Writer)
{
    /// <summary>Opens the way that the command line names.</summary>
    /// <exception cref="IOException">Nobody listens there.</exception>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<Connection> OpenAsync(ServerOptions options)
    {
        if (options.Port is { } port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port).ConfigureAwait(false);
            return Over(new NetworkStream(socket, ownsSocket: true));
        }
        if (options.Pipe is not { } pipe)
        {
            // Given streams, the library writes to them in the background, and what it has not written when the process ends is lost.
            return new(PipeReader.Create(Console.OpenStandardInput()), PipeWriter.Create(Console.OpenStandardOutput()));
        }
        if (!OperatingSystem.IsWindows())
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(pipe)).ConfigureAwait(false);
            return Over(new NetworkStream(socket, ownsSocket: true));
        }
        const string Prefix = @"\\.\pipe\";
        var client = new NamedPipeClientStream(".", pipe.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? pipe[Prefix.Length..] : pipe, PipeDirection.InOut, System.IO.Pipes.PipeOptions.Asynchronous);
        await client.ConnectAsync(10_000).ConfigureAwait(false);
        return Over(client);
    }

    private static Connection Over(Stream stream) => new(PipeReader.Create(stream), PipeWriter.Create(stream));
}
