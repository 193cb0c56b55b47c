using VPythonTools.CipdServer;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Network;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Service;

public sealed class DownloadTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_connection_that_is_reset_goes_on_where_it_stopped() => Recovers(faults => faults.BlobReset = new(50_000, 3), downloads =>
    {
        Assert.Equal(4, downloads.Length);
        Assert.All(downloads.Skip(1), download => Assert.Matches("^bytes=[1-9][0-9]*-$", download.Headers["Range"]));
    });

    [Fact]
    public Task A_download_that_stalls_goes_on_where_it_stopped() => Recovers(faults => faults.BlobStall = new(70_000, 1), downloads =>
    {
        Assert.Equal(2, downloads.Length);
        Assert.Equal("bytes=70000-", downloads[1].Headers["Range"]);
    });

    [Fact]
    public Task A_download_that_ends_early_goes_on_where_it_stopped() => Recovers(faults => faults.BlobTruncated = new(90_000, 2), downloads => Assert.Equal(3, downloads.Length));

    [Fact]
    public Task A_server_that_cannot_go_on_begins_again() => Recovers(
        faults =>
        {
            faults.BlobReset = new(50_000, 1);
            faults.BlobIgnoresRange = true;
        },
        downloads => Assert.Equal(2, downloads.Length));

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public Task An_address_that_does_not_work_any_more_is_replaced(int status) => Recovers(faults => faults.BadUrl = new(status, 2), _ => { }, addresses: 3);

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public Task A_server_in_passing_trouble_is_waited_for(int status) => Recovers(faults => faults.BlobStatus = new(status, 3), downloads => Assert.Equal(4, downloads.Length));

    [Fact]
    public Task Wrong_bytes_are_fetched_once_more() => Recovers(faults => faults.BlobWrongBytes = new(true, 1), downloads => Assert.Equal(2, downloads.Length), addresses: 2);

    [Fact]
    public Task A_truncated_file_of_unknown_length_is_found_by_its_hash() => Recovers(
        faults =>
        {
            faults.BlobChunked = true;
            faults.BlobTruncated = new(100_000, 1);
        },
        downloads => Assert.Equal(2, downloads.Length));

    [Fact]
    public Task A_length_that_is_announced_too_short_is_found_by_the_hash() => Recovers(faults => faults.BlobWrongLength = new(-1000, 1), _ => { });

    [Fact]
    public Task A_redirect_is_followed() => Recovers(faults => faults.BlobRedirect = new(true, 1), _ => { });

    [Fact]
    public Task Wrong_bytes_twice_are_refused() => Fails(faults => faults.BlobWrongBytes = new(true), "VPY3140", "downloaded twice");

    [Fact]
    public Task Addresses_that_never_work_are_given_up() => Fails(faults => faults.BadUrl = new(403), "VPY3139", "HTTP 403");

    [Fact]
    public Task A_file_that_the_server_refuses_is_not_asked_for_again() => Fails(faults => faults.BlobStatus = new(400), "VPY3139", "HTTP 400", downloads: 1);

    [Fact]
    public Task A_download_that_never_moves_is_given_up() => Fails(faults => faults.BlobStall = new(0), "VPY3139", "nothing has come");

    [Fact]
    public async Task What_is_interrupted_ends_at_once_and_leaves_nothing()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        shelf.Server.Faults.BlobRate = 10_000;
        using var interruption = new CancellationTokenSource();
        Task<Result<InstanceFile>> fetching = client.FetchAsync(pin, interruption.Token).AsTask();
        while (!shelf.Server.Log.Downloads.Any()) await Task.Delay(5, Stop);
        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        shelf.AssertCacheIsWhole();
    }

    [Fact]
    public async Task Of_many_that_want_an_instance_one_downloads_it()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        shelf.Server.Faults.BlobRate = 500_000;
        PackageService[] clients = [.. Enumerable.Range(0, 12).Select(_ => shelf.Open())];
        await Task.WhenAll(clients.Select(async client =>
        {
            PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
            Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        }));
        Assert.Single(shelf.Server.Log.Downloads);
    }

    [Fact]
    public async Task No_more_than_asked_for_are_downloaded_at_once()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin[] pins = [.. Enumerable.Range(0, 8).Select(number => shelf.Add($"wheels/many{number}", $"many{number}", $"1.{number}", size: 10_000 * (number + 1)))];
        PackageService client = shelf.Open(("CIPD_PARALLEL_DOWNLOADS", "0"));
        await Task.WhenAll(pins.Select(async pin => Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose()));
        shelf.AssertCacheIsWhole(pins);
        Assert.Equal(8, shelf.Server.Log.Downloads.Count());
    }

    [Fact]
    public async Task Time_in_the_queue_is_not_time_of_the_download()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        CipdSettings settings = Outcome.Value(CipdSettings.Read(LoopbackShelf.Variables(("CIPD_CACHE_DIR", shelf.Cache)), shelf.Combine()));
        using HttpTransport transport = Outcome.Value(HttpTransport.Create(settings, TimeSpan.FromSeconds(10)));
        var policy = new DownloadPolicy { Overall = TimeSpan.FromSeconds(2) };
        using var downloader = new InstanceDownloader(transport, 1, policy, new Log(LogLevel.Error));
        var pin = new PackagePin(Names.Package("wheels/hello"), VPythonTools.SpecLang.Packages.InstanceId.FromSha256(new byte[32]));
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(shelf.Combine("file"), FileMode.Create, FileAccess.ReadWrite);
        var busy = new TaskCompletionSource<Result<Uri>>();
        Task[] before = [.. Enumerable.Range(0, 4).Select(_ => downloader.DownloadAsync(pin, _ => busy.Task, file, Stop))];
        bool? isLate = null;
        Task<Result<long>> last = downloader.DownloadAsync(pin, stop =>
        {
            isLate = stop.IsCancellationRequested;
            return Task.FromResult<Result<Uri>>(new Failure("VPY3138", "asked"));
        }, file, Stop);
        await Task.Delay(policy.Overall * 1.5, Stop);
        Assert.Null(isLate);
        busy.SetResult(new Failure("VPY3138", "done"));
        await Task.WhenAll(before);
        Outcome.Failure(await last, "VPY3138", "asked");
        Assert.False(isLate);
    }

    private static async Task Recovers(Action<Faults> set, Action<RequestRecord[]> check, int? addresses = null)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        set(shelf.Server.Faults);
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        shelf.AssertCacheIsWhole(pin);
        check([.. shelf.Server.Log.Downloads]);
        if (addresses is { } expected) Assert.Equal(expected, shelf.Server.Log.Calls("GetInstanceURL").Count());
    }

    private static async Task Fails(Action<Faults> set, string code, string reason, int? downloads = null)
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        set(shelf.Server.Faults);
        Failure failure = Outcome.Failure(await client.FetchAsync(pin, Stop), code, reason);
        Assert.DoesNotContain("/blob/", failure.ToString(), StringComparison.Ordinal);
        shelf.AssertCacheIsWhole();
        if (downloads is { } expected) Assert.Equal(expected, shelf.Server.Log.Downloads.Count());
    }
}
