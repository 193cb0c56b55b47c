using System.Diagnostics;
using System.Globalization;
using VPythonTools.CipdServer;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>A service that fails in every way that one can: what can be overcome is, and what cannot is told in one message.</summary>
public sealed class ServiceFaultTests(PackageShelf packages) : IAsyncLifetime
{
    private ServiceUser _user = null!;

    public async ValueTask InitializeAsync() => _user = await ServiceUser.StartAsync(packages.Location);

    public ValueTask DisposeAsync() => _user.DisposeAsync();

    [Theory]
    [InlineData("--rpc-http-status", "500:2")]
    [InlineData("--rpc-http-status", "502:2")]
    [InlineData("--rpc-http-status", "503:2")]
    [InlineData("--rpc-code", "13:2")]
    [InlineData("--rpc-code", "14:2")]
    [InlineData("--rpc-code", "2:2")]
    [InlineData("--rpc-reset", "2")]
    [InlineData("--rpc-truncated", "10:2")]
    [InlineData("--rpc-delay", "1:2")]
    [InlineData("--bad-url", "403:1")]
    [InlineData("--bad-url", "404:1")]
    [InlineData("--bad-url", "410:1")]
    [InlineData("--blob-status", "500:2")]
    [InlineData("--blob-status", "503:2")]
    [InlineData("--blob-status", "429:2")]
    [InlineData("--blob-status", "408:1")]
    [InlineData("--blob-delay", "1:2")]
    [InlineData("--blob-truncated", "100:2")]
    [InlineData("--blob-truncated", "0:2")]
    [InlineData("--blob-reset", "100:2")]
    [InlineData("--blob-wrong-bytes", "1")]
    [InlineData("--blob-wrong-length", "100:1")]
    [InlineData("--blob-wrong-length", "-100:1")]
    [InlineData("--blob-redirect", "always")]
    [InlineData("--blob-chunked", "yes")]
    [InlineData("--blob-ignores-range", "yes")]
    [InlineData("--blob-rate", "50000")]
    public void What_can_be_overcome_is(string flag, string value)
    {
        Set(flag, value);
        _user.RunsWell();
        _user.AssertCacheIsSound();
        Assert.Equal(2, _user.CachedInstances.Length);
    }

    // What is tried for long before it is given up has its tests in the runner's own, where patience is short.
    [Theory]
    [InlineData("--rpc-http-status", "401", "VPY3137", "HTTP 401")]
    [InlineData("--rpc-http-status", "403", "VPY3136", "HTTP 403")]
    [InlineData("--rpc-http-status", "404", "VPY3138", "HTTP 404")]
    [InlineData("--rpc-code", "14", "VPY3138", "Unavailable")]
    [InlineData("--rpc-code", "8", "VPY3138", "ResourceExhausted")]
    [InlineData("--rpc-code", "12", "VPY3138", "Unimplemented")]
    [InlineData("--rpc-reset", "always", "VPY3135", "broke off")]
    [InlineData("--rpc-huge", "40000000", "VPY3138", "larger than")]
    [InlineData("--rpc-redirect", "always", "VPY3138", "HTTP 307")]
    [InlineData("--unknown-algorithm", "yes", "VPY3106", "hash")]
    [InlineData("--ambiguous-tags", "yes", "VPY3103", "test/greeting")]
    [InlineData("--bad-url", "403", "VPY3139", "HTTP 403")]
    [InlineData("--blob-status", "500", "VPY3139", "HTTP 500")]
    [InlineData("--blob-status", "400", "VPY3139", "HTTP 400")]
    [InlineData("--blob-wrong-bytes", "always", "VPY3140", "downloaded twice")]
    [InlineData("--blob-wrong-length", "-100", "VPY3140", "downloaded twice")]
    public void What_cannot_be_overcome_is_told_at_the_line_of_the_spec(string flag, string value, string code, string text)
    {
        Set(flag, value);
        string error = _user.Fails(code);
        Assert.Contains(text, error, StringComparison.Ordinal);
        Assert.Matches("(?m)^[^\n]*s\\.py\\.vpython3:[12]:[0-9]+: error: ", error);
        Assert.DoesNotContain("/blob/", error, StringComparison.Ordinal); // Such an URL is as good as a key.
        Assert.Empty(_user.CachedInstances);
        _user.AssertCacheIsSound();

        _user.Server.Faults.Clear();
        _user.RunsWell();
        _user.AssertCacheIsSound();
    }

    [Fact]
    public void A_page_of_HTML_is_told_as_text()
    {
        Set("--rpc-html", "yes");
        Set("--rpc-http-status", "502");
        string error = _user.Fails("VPY3138");
        Assert.Contains("From a gateway", error, StringComparison.Ordinal);
        Assert.DoesNotContain("<", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_that_cannot_be_read_hide_no_error()
    {
        Set("--rpc-malformed-details", "yes");
        Set("--rpc-code", "8");
        Assert.Contains("the fault that was asked for", _user.Fails("VPY3138"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_download_that_breaks_again_and_again_goes_on_where_it_was()
    {
        _user.Server.Faults.BlobTruncated = new(200);
        _user.RunsWell();
        _user.AssertCacheIsSound();
        string[] ranges = [.. _user.Server.Log.Downloads.Where(download => download.Headers.ContainsKey("Range")).Select(download => download.Headers["Range"])];
        Assert.Contains("bytes=200-", ranges);
        Assert.Contains("bytes=400-", ranges);
    }

    [Fact]
    public void A_body_that_seems_whole_and_is_not_is_fetched_once_more()
    {
        _user.Server.Faults.BlobChunked = true;
        _user.Server.Faults.BlobTruncated = new(100, 1);
        _user.RunsWell();
        _user.AssertCacheIsSound();
    }

    [Fact]
    public void A_download_that_stalls_goes_on_over_another_connection()
    {
        _user.Server.Faults.BlobStall = new(100, 1);
        _user.RunsWell();
        _user.AssertCacheIsSound();
        Assert.Single(_user.Server.Log.Downloads, download => download.Headers.GetValueOrDefault("Range") == "bytes=100-");
    }

    [Fact]
    public async Task Without_a_service_the_cause_is_told_within_seconds()
    {
        string url = _user.Server.Url;
        await _user.Server.DisposeAsync();
        var time = Stopwatch.StartNew();
        string error = _user.Fails("VPY3135");
        Assert.Contains("refuses connections", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Split("error: ").Length - 1); // Not once for each package.
        Assert.Contains(url["http://".Length..], error, StringComparison.Ordinal);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(30), $"it took {time.Elapsed}"); // The real client tries for 17 minutes.

        _user.Variables["VPYTHON_PACKAGES"] = "http://no-such-host.invalid";
        Assert.Contains("the name no-such-host.invalid cannot be resolved", _user.Fails("VPY3135"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_fetched_once_needs_no_service_again()
    {
        _user.RunsWell();
        _user.ForgetEnvironments();
        int requests = _user.Server.Log.Requests.Count;
        _user.RunsWell();
        Assert.Equal(requests, _user.Server.Log.Requests.Count); // Tags and instances are answered from the cache.

        await _user.Server.DisposeAsync();
        _user.ForgetEnvironments();
        _user.RunsWell();
        _user.ForgetEnvironments();
        _user.Variables["CIPD_DISABLE_NETWORK"] = "1";
        _user.RunsWell();
    }

    [Fact]
    public async Task A_ref_is_asked_again_and_is_the_last_known_with_a_warning_when_nobody_answers()
    {
        _user.Sandbox.Write("s.py.vpython3", PackageShelf.Spec.Replace("version:1.0", "latest", StringComparison.Ordinal));
        _user.RunsWell();
        _user.ForgetEnvironments();
        _user.RunsWell();
        Assert.Equal(4, _user.Server.Log.Calls("ResolveVersion").Count());
        await _user.Server.DisposeAsync();
        _user.ForgetEnvironments();
        ProcessRun run = _user.RunsWell();
        Assert.Contains("warning", run.Error, StringComparison.Ordinal);
        Assert.Contains("'latest'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Offline_and_not_in_the_cache_is_an_error_without_a_request()
    {
        _user.Variables["CIPD_DISABLE_NETWORK"] = "1";
        _user.Fails("VPY3134");
        Assert.Empty(_user.Server.Log.Requests);
    }

    [Fact]
    public void A_read_only_cache_that_others_filled_is_enough()
    {
        _user.RunsWell();
        string shared = _user.Sandbox.Combine("shared");
        Directory.CreateDirectory(shared);
        Directory.Move(Path.Combine(_user.Cache, "instances"), Path.Combine(shared, "instances"));
        Directory.Delete(_user.Cache, recursive: true);
        _user.ForgetEnvironments();
        _user.Variables["CIPD_READ_ONLY_CACHE_DIR"] = shared;
        string[] before = Directory.GetFileSystemEntries(shared, "*", SearchOption.AllDirectories);
        int downloads = _user.Server.Log.Downloads.Count();
        _user.RunsWell();
        Assert.Equal(downloads, _user.Server.Log.Downloads.Count());
        Assert.Equal(before, Directory.GetFileSystemEntries(shared, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Ctrl_C_during_a_download_ends_at_once_and_leaves_nothing()
    {
        _user.Server.Faults.BlobStall = new(100);
        using Process process = _user.Start();
        string partial = Path.Combine(_user.Cache, "vpython3", "partial");
        while (!Directory.Exists(partial) || Directory.GetFiles(partial).All(file => new FileInfo(file).Length == 0)) Thread.Sleep(10);
        var time = Stopwatch.StartNew();
        ProcessRun.Of("/bin/kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(128 + 2, process.ExitCode);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(10), $"it took {time.Elapsed}"); // A stall is noticed after 20.
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(_user.CachedInstances);
        _user.AssertCacheIsSound();
        Assert.Empty(_user.Sandbox.Unfinished);
        Assert.Empty(Directory.GetFileSystemEntries(_user.Sandbox.Temporary));
        _user.Server.Faults.BlobStall = null;
        _user.RunsWell();
    }

    [Fact]
    public async Task Over_TLS_the_authority_has_to_be_trusted_and_HTTP_2_is_spoken()
    {
        using LoopbackAuthority authority = LoopbackAuthority.Create();
        await using ServiceUser user = await ServiceUser.StartAsync(packages.Location, options => options with { Certificate = authority.Certificate });
        string error = user.Fails("VPY3135");
        Assert.Contains("there is no trusted connection to", error, StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE", error, StringComparison.Ordinal);
        user.Variables["SSL_CERT_FILE"] = user.Sandbox.Write("authority.pem", authority.Pem);
        user.RunsWell();
        Assert.All(user.Server.Log.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
    }

    [Fact]
    public async Task An_expired_certificate_is_not_trusted()
    {
        using LoopbackAuthority authority = LoopbackAuthority.Create(isExpired: true);
        await using ServiceUser user = await ServiceUser.StartAsync(packages.Location, options => options with { Certificate = authority.Certificate });
        user.Variables["SSL_CERT_FILE"] = user.Sandbox.Write("authority.pem", authority.Pem);
        Assert.Contains("there is no trusted connection to", user.Fails("VPY3135"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CIPD_proxy_gets_everything_through_its_socket()
    {
        using var directory = new TemporaryDirectory();
        string socket = directory.Combine("cipd.socket");
        await using ServiceUser user = await ServiceUser.StartAsync(packages.Location, options => options with { Socket = socket });
        user.Variables["CIPD_PROXY_URL"] = "unix://" + socket;
        user.Variables["VPYTHON_PACKAGES"] = "https://chrome-infra-packages.example.com";
        user.RunsWell();
        Assert.All(user.Server.Log.Requests, request => Assert.Equal("chrome-infra-packages.example.com", request.Host));
    }

    private void Set(string flag, string value) => Knob.All.Single(knob => knob.Flag == flag).Set(_user.Server.Faults, value);
}
