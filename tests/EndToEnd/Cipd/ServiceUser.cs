using System.Diagnostics;
using System.Security.Cryptography;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>A user whose packages come from a CIPD service on loopback, with a cache of its own.</summary>
internal sealed class ServiceUser : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();

    private ServiceUser(LoopbackServer server, string packages)
    {
        Server = server;
        Packages = packages;
        Variables["VPYTHON_PACKAGES"] = server.Url;
        Variables["CIPD_CACHE_DIR"] = Cache;
        Variables["CIPD_CONFIG_FILE"] = "-"; // The machine's own, should there be one, is not for tests.
    }

    /// <summary>The service.</summary>
    public LoopbackServer Server { get; }

    /// <summary>The package directory that the service serves.</summary>
    public string Packages { get; }

    /// <summary>Where instances are kept; not there before the first run.</summary>
    public string Cache => _sandbox.Combine("cache");

    /// <summary>The user without the service.</summary>
    public Sandbox Sandbox => _sandbox;

    /// <summary>All that a program finds in its environment.</summary>
    public Dictionary<string, string?> Variables => _sandbox.Variables;

    /// <summary>The files of the instances in the cache.</summary>
    public string[] CachedInstances => Directory.Exists(Path.Combine(Cache, "instances")) ? Directory.GetFiles(Path.Combine(Cache, "instances")) : [];

    /// <summary>Starts a service that serves a package directory, for a user whose script prints <c>hello goodbye</c> with the small packages.</summary>
    public static async Task<ServiceUser> StartAsync(string packages, Func<ServerOptions, ServerOptions>? configure = null)
    {
        var options = new ServerOptions(packages);
        LoopbackServer server = await LoopbackServer.StartAsync(configure is null ? options : configure(options));
        var user = new ServiceUser(server, packages);
        user.Sandbox.Write("s.py", "import farewell, greeting\nprint(greeting.TEXT, farewell.TEXT)\n");
        user.Sandbox.Write("s.py.vpython3", PackageShelf.Spec);
        return user;
    }

    /// <summary>Runs the script.</summary>
    public ProcessRun Run(params IEnumerable<string> flags) => _sandbox.Run([.. flags, "s.py"]);

    /// <summary>Starts the script; nobody waits for it.</summary>
    /// <param name="variables">What is different for it.</param>
    public Process Start(params IEnumerable<(string Name, string Value)> variables)
    {
        // Whoever runs the tests in the background may have them ignore Ctrl-C, and then so would everything that they start.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", NativeExecutable.Runner, "s.py"]) { WorkingDirectory = _sandbox.Work, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach ((string name, string? value) in Variables) start.Environment[name] = value;
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs the script, which has to succeed.</summary>
    public ProcessRun RunsWell(params IEnumerable<string> flags)
    {
        ProcessRun run = Run(flags);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("hello goodbye\n", run.Output);
        return run;
    }

    /// <summary>Runs the script, which has to fail with this code and nothing on standard output.</summary>
    public string Fails(string code)
    {
        ProcessRun run = Run();
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains($"[{code}]", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal); // A stack trace is of no use to a user.
        Assert.Empty(_sandbox.Environments);
        return run.Error;
    }

    /// <summary>Forgets all environments, so that the next run needs the instances again.</summary>
    public void ForgetEnvironments()
    {
        if (!Directory.Exists(_sandbox.Root)) return;
        ProcessRun removed = _sandbox.Start("/bin/sh", ["-c", "chmod -R u+w \"$1\" && rm -rf \"$1\"", "sh", _sandbox.Root]);
        Assert.True(removed.ExitCode == 0, removed.Error);
    }

    /// <summary>Every instance in the cache is what its name says, and nothing else of a download is left.</summary>
    public void AssertCacheIsSound()
    {
        Assert.All(CachedInstances, file => Assert.Equal(Path.GetFileName(file), IdOf(File.ReadAllBytes(file))));
        string partial = Path.Combine(Cache, "vpython3", "partial");
        if (Directory.Exists(partial)) Assert.Empty(Directory.GetFileSystemEntries(partial));
    }

    /// <summary>The name that an instance file has to have, apart from the code under test.</summary>
    public static string IdOf(byte[] content) => Convert.ToBase64String([.. SHA256.HashData(content), 2]).Replace('+', '-').Replace('/', '_');

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _sandbox.Dispose();
        Assert.Empty(Server.Errors);
        Assert.Empty(Server.Log.Leaks);
    }
}
