using VPythonTools.CipdServer;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Service;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Service;

public sealed class AdmissionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static (string, string) Plugin => ("CIPD_ADMISSION_PLUGIN", "[\"checker\"]");

    [Fact]
    public async Task Without_CIPDs_client_nothing_is_fetched()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        Outcome.Failure(shelf.TryOpen(shelf.Server.Url, true, Plugin, ("PATH", "/nowhere")), "VPY3132", "CIPD_ADMISSION_PLUGIN");
    }

    [Fact]
    public async Task CIPDs_client_fetches_what_it_admits_into_the_cache_that_both_share()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        StandIn cipd = StandIn.Script(shelf.Combine("bin", "cipd"), $"read name instance\nmkdir -p \"$CIPD_CACHE_DIR/instances\" \"$3\"\ncp '{shelf.Packages}/instances/'$instance \"$CIPD_CACHE_DIR/instances/\"");
        PackageService client = shelf.Open(Plugin, ("PATH", $"{shelf.Combine("bin")}:/usr/bin:/bin"));
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        string[] call = Assert.Single(cipd.Calls).Split(' ');
        Assert.Equal(("export", "-root", shelf.Server.Url), (call[0], call[1], call[^1]));
        Assert.False(Directory.Exists(call[2]));
        Assert.Empty(shelf.Server.Log.Calls("GetInstanceURL"));
    }

    [Fact]
    public async Task What_it_denies_is_denied_even_from_the_cache()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService free = shelf.Open();
        PackagePin pin = Outcome.Value(await free.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        Outcome.Value(await free.FetchAsync(pin, Stop)).Dispose();
        StandIn.Script(shelf.Combine("bin", "cipd"), "echo 'not admitted: policy' >&2\nexit 1");
        PackageService client = shelf.Open(Plugin, ("PATH", $"{shelf.Combine("bin")}:/usr/bin:/bin"));
        Outcome.Failure(await client.FetchAsync(pin, Stop), "VPY3133", "not admitted: policy");
    }

    [Fact]
    public async Task The_account_goes_with_the_question_and_a_damaged_file_is_gone_before_it()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin pin = Outcome.Value(await shelf.Open().ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        shelf.Write($"cache-of-both/instances/{pin.Instance}", "damaged");
        StandIn cipd = StandIn.Script(
            shelf.Combine("bin", "cipd"),
            $"read name instance\n[ -e \"$CIPD_CACHE_DIR/instances/$instance\" ] || cp '{shelf.Packages}/instances/'$instance \"$CIPD_CACHE_DIR/instances/\"");
        PackageService client = shelf.Open(
            Plugin, ("PATH", $"{shelf.Combine("bin")}:/usr/bin:/bin"), ("CIPD_CACHE_DIR", shelf.Combine("cache-of-both")), ("VPYTHON_SERVICE_ACCOUNT_JSON", ":gce"));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        Assert.EndsWith("-service-account-json :gce", Assert.Single(cipd.Calls), StringComparison.Ordinal);
    }
}
