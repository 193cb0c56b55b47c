using VPythonTools.CipdServer;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd;

/// <summary>A package directory, a service on loopback that serves it, and clients with patience for a test.</summary>
internal sealed class LoopbackShelf : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<PackageService> _clients = [];
    private LoopbackServer? _server;

    private LoopbackShelf()
    {
    }

    public LoopbackServer Server => _server!;

    public string Packages => _directory.Combine("packages");

    public string Cache => _directory.Combine("cache");

    /// <summary>Some patience: a stall is seen soon, and pauses are short.</summary>
    public static DownloadPolicy Downloads { get; } = new() { Stall = TimeSpan.FromMilliseconds(400), Pause = TimeSpan.FromMilliseconds(5), Overall = TimeSpan.FromSeconds(60) };

    public static RpcPolicy Calls { get; } = new() { Attempt = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(5) };

    /// <summary>The patience of the clients that are opened from now on.</summary>
    public RpcPolicy Patience { get; set; } = Calls;

    /// <summary>A shelf with one package, <c>wheels/hello</c> at <c>version:1.0</c> and <c>latest</c>, in a wheel of about 200 kB that cannot be compressed.</summary>
    public static async Task<LoopbackShelf> StartAsync(Func<ServerOptions, ServerOptions>? options = null)
    {
        var shelf = new LoopbackShelf();
        shelf.Add("wheels/hello", "hello", "1.0");
        shelf._server = await LoopbackServer.StartAsync((options ?? (same => same))(new(shelf.Packages)));
        return shelf;
    }

    /// <summary>The variables that every client has: nothing of this machine's.</summary>
    public static EnvironmentBlock Variables(params ReadOnlySpan<(string Name, string Value)> more)
    {
        EnvironmentBlock environment = EnvironmentBlock.Of(["PATH=/usr/bin:/bin", "CIPD_CONFIG_FILE=-"]);
        foreach ((string name, string value) in more) environment = environment.With(name, value);
        return environment;
    }

    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    public string Write(string path, string content) => _directory.Write(path, content);

    public PackagePin Add(string package, string distribution, string version, int size = 200_000, string reference = "latest")
    {
        byte[] content = new byte[size];
        new Random(version.GetHashCode(StringComparison.Ordinal)).NextBytes(content);
        string wheel = new WheelBuilder(distribution, version).Add(distribution + ".bin", content).Write(_directory.Path);
        return Outcome.Value(PackageDirectory.Add(Packages, Names.Package(package), [$"version:{version}"], [reference], wheel));
    }

    public PackageService Open(params ReadOnlySpan<(string Name, string Value)> variables) => Open(trustsEarlierAnswers: true, variables);

    public PackageService Open(bool trustsEarlierAnswers, params ReadOnlySpan<(string Name, string Value)> variables) => Outcome.Value(TryOpen(Server.Url, trustsEarlierAnswers, variables));

    public Result<PackageService> TryOpen(string url, bool trustsEarlierAnswers, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        EnvironmentBlock environment = Variables(("CIPD_CACHE_DIR", Cache));
        foreach ((string name, string value) in variables) environment = environment.With(name, value);
        Assert.True(ServiceAddress.TryParse(url, out ServiceAddress? address, out string? fault), fault);
        return CipdSettings.Read(environment, _directory.Path)
            .Then(settings => PackageService.Open(settings, address, new Log(LogLevel.Error), trustsEarlierAnswers, Patience, Downloads))
            .Then<PackageService>(client =>
            {
                _clients.Add(client);
                return client;
            });
    }

    /// <summary>The instance in the cache and nothing beside it.</summary>
    public void AssertCacheIsWhole(params ReadOnlySpan<PackagePin> pins)
    {
        foreach (PackagePin pin in pins) Outcome.Value(InstanceFile.Open(Path.Combine(Cache, "instances", pin.Instance.Value), pin)).Dispose();
        Assert.Equal(pins.Length, Count("instances"));
        Assert.Equal(0, Count(Path.Combine("vpython3", "partial")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PackageService client in _clients) client.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
            Assert.Empty(_server.Errors);
            Assert.Empty(_server.Log.Leaks);
        }
        _directory.Dispose();
    }

    private int Count(string directory)
    {
        string path = Path.Combine(Cache, directory);
        return Directory.Exists(path) ? Directory.GetFileSystemEntries(path).Length : 0;
    }
}
