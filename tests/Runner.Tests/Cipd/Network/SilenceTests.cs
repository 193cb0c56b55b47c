using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Network;

/// <summary>Machines that can be connected to and say nothing, or not what they should.</summary>
public sealed class SilenceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://127.0.0.1:{0}", null, "127.0.0.1:{0} gave no answer within 3 seconds")]
    [InlineData("https://127.0.0.1:{0}", null, "127.0.0.1:{0} can be connected to, and did not agree on encryption (TLS) within 2 seconds")]
    [InlineData("https://cipd.invalid", "HTTPS_PROXY", "the proxy 127.0.0.1:{0} gave no connection to cipd.invalid within 2 seconds")]
    [InlineData("http://cipd.invalid", "HTTP_PROXY", "the proxy 127.0.0.1:{0} brought no answer of cipd.invalid within 3 seconds")]
    public async Task Whoever_says_nothing_is_named_after_seconds_and_not_asked_again(string url, string? proxy, string reason)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        using var peer = new Peer("");
        shelf.Patience = LoopbackShelf.Calls with { Connection = TimeSpan.FromSeconds(2), FirstAnswer = TimeSpan.FromSeconds(3), Attempt = TimeSpan.FromMinutes(1) };
        PackageService client = Outcome.Value(shelf.TryOpen(
            string.Format(CultureInfo.InvariantCulture, url, peer.Port), true, proxy is null ? [] : [(proxy, $"http://127.0.0.1:{peer.Port}")]));
        Failure failure = Outcome.Failure(
            await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop), "VPY3135", string.Format(CultureInfo.InvariantCulture, reason, peer.Port));
        Assert.Contains("HTTPS_PROXY", failure.NextStep, StringComparison.Ordinal);
        if (url.StartsWith("http:", StringComparison.Ordinal)) Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task Nobody_waits_for_a_silent_service_after_those_that_found_it_silent()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        using var peer = new Peer("");
        shelf.Patience = LoopbackShelf.Calls with { FirstAnswer = TimeSpan.FromSeconds(2) };
        PackageService client = Outcome.Value(shelf.TryOpen($"http://127.0.0.1:{peer.Port}", true));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
            Outcome.Failure(await client.ResolveAsync(Names.Package($"wheels/hello{number}"), Names.Version("latest"), Stop), "VPY3135", "gave no answer")));
        Assert.InRange(peer.Connections, 1, 32);
    }

    [Fact]
    public async Task A_service_that_has_answered_before_is_waited_for_and_asked_again()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Patience = LoopbackShelf.Calls with { Attempt = TimeSpan.FromSeconds(3) };
        PackageService client = shelf.Open();
        Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        shelf.Server.Faults.RpcDelay = new(TimeSpan.FromHours(1), 1);
        Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:1.0"), Stop));
        Assert.Equal(3, shelf.Server.Log.Calls("ResolveVersion").Count());
    }

    [Theory]
    [InlineData("http://cipd.invalid")]
    [InlineData("https://cipd.invalid")]
    public async Task A_proxy_that_wants_credentials_is_named_with_how_to_give_them(string url)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        using var peer = new Peer("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        PackageService client = Outcome.Value(shelf.TryOpen(url, true, ("ALL_PROXY", $"http://127.0.0.1:{peer.Port}")));
        Failure failure = Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop), "VPY3135", $"127.0.0.1:{peer.Port}");
        Assert.Contains("407", failure.Message, StringComparison.Ordinal);
        Assert.Contains("USER:PASSWORD@", failure.NextStep, StringComparison.Ordinal);
        Assert.Equal(1, peer.Connections);
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required")]
    [InlineData("502 Bad Gateway")]
    public async Task A_proxy_that_makes_no_tunnel_is_told_of_without_its_password(string status)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        using var peer = new Peer($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        PackageService client = Outcome.Value(shelf.TryOpen("https://cipd.invalid", true, ("ALL_PROXY", $"http://user:s3cr3tpw@127.0.0.1:{peer.Port}")));
        Failure failure = Outcome.Failure(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop), "VPY3135", "proxy");
        Assert.DoesNotContain("s3cr3tpw", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains(status[..3], failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A listener that says to each connection what it says, whatever it is asked, and keeps it open.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly ConcurrentBag<Socket> _sockets = [];
        private readonly string _answer;

        public Peer(string answer)
        {
            _answer = answer;
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Connections => _sockets.Count;

        public void Dispose()
        {
            _listener.Stop();
            foreach (Socket socket in _sockets) socket.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    Socket socket = await _listener.AcceptSocketAsync();
                    _sockets.Add(socket);
                    if (_answer.Length > 0) await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(_answer));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
