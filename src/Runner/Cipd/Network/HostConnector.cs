using System.Net;
using System.Net.Sockets;

namespace VPythonTools.Runner.Cipd.Network;

/// <summary>
/// Connects to a host by the first of its addresses that answers (RFC 8305, "Happy Eyeballs"): addresses of both families in turn, each begun a moment after the
/// one before, so that a family without a way costs a quarter of a second. Within <see cref="Limit"/> there is a connection or a cause.
/// </summary>
internal static class HostConnector
{
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>How long names and connections may take together.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(8);

    /// <summary>Connects for the HTTP client.</summary>
    /// <exception cref="ConnectException">There is no connection.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        DnsEndPoint target = context.DnsEndPoint;
        HttpRequestMessage request = context.InitialRequestMessage;
        bool isProxy = request.Method == HttpMethod.Connect || (request.RequestUri is { } uri && (uri.IdnHost != target.Host || uri.Port != target.Port));
        string name = $"{(isProxy ? "the proxy " : "")}{target.Host}:{target.Port}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            IPAddress[] addresses = IPAddress.TryParse(target.Host, out IPAddress? address)
                ? [address]
                : await Dns.GetHostAddressesAsync(target.Host, limit.Token).ConfigureAwait(false);
            return new NetworkStream(await ConnectToAnyAsync(Interleave(addresses), target.Port, limit.Token).ConfigureAwait(false), ownsSocket: true);
        }
        catch (SocketException exception)
        {
            var fault = NetworkFault.OfSocket(exception, name);
            if (fault.Kind == NetworkFaultKind.NameNotFound) fault = NetworkFault.OfSocket(exception, target.Host); // A name has no port.
            throw new ConnectException(isProxy ? fault with { Kind = NetworkFaultKind.Proxy } : fault);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ConnectException(new(isProxy ? NetworkFaultKind.Proxy : NetworkFaultKind.TimedOut, $"{name} does not answer within {Limit.TotalSeconds} seconds"));
        }
    }

    /// <summary>Connects to the Unix socket of a CIPD proxy.</summary>
    /// <exception cref="ConnectException">There is no connection.</exception>
    public static async ValueTask<Stream> ConnectToSocketAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new ConnectException(new(NetworkFaultKind.Proxy, $"the proxy that CIPD_PROXY_URL names, '{path}', cannot be reached: {exception.Message}"));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses, family by family in turn, beginning with the first one's.</summary>
    private static IPAddress[] Interleave(IPAddress[] addresses)
    {
        AddressFamily first = addresses is [var preferred, ..] ? preferred.AddressFamily : default;
        IPAddress[] ones = [.. addresses.Where(address => address.AddressFamily == first)];
        IPAddress[] others = [.. addresses.Where(address => address.AddressFamily != first)];
        return [.. Enumerable.Range(0, Math.Max(ones.Length, others.Length)).SelectMany(index => (IPAddress[])[.. ones.Skip(index).Take(1), .. others.Skip(index).Take(1)])];
    }

    private static async Task<Socket> ConnectToAnyAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new List<Task<Socket>>();
        SocketException? failure = null;
        int next = 0;
        try
        {
            while (next < addresses.Length || running.Count > 0)
            {
                if (next < addresses.Length) running.Add(ConnectAsync(addresses[next++], port, losers.Token));
                var wait = next < addresses.Length ? Task.Delay(Stagger, losers.Token) : Task.Delay(Timeout.Infinite, losers.Token);
                Task ended = await Task.WhenAny([.. running, wait]).ConfigureAwait(false);
                if (ended is not Task<Socket> attempt)
                {
                    cancellation.ThrowIfCancellationRequested();
                    continue;
                }
                running.Remove(attempt);
                try
                {
                    return await attempt.ConfigureAwait(false);
                }
                catch (SocketException exception)
                {
                    failure ??= exception;
                }
            }
            throw failure!;
        }
        finally
        {
            await losers.CancelAsync().ConfigureAwait(false);
            foreach (Task<Socket> loser in running)
                _ = loser.ContinueWith(static task => { if (task.IsCompletedSuccessfully) task.Result.Dispose(); else _ = task.Exception; }, TaskScheduler.Default);
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
