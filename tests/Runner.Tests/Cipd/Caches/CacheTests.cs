using System.Security.Cryptography;
using Google.Protobuf;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Cipd.Caches;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Cipd.Service;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Cipd.Caches;

public sealed class CacheTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CacheLayout Layout => new(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_answer_belongs_to_its_service_package_and_version()
    {
        var cache = new VersionCache(Layout);
        cache.Keep(Address("https://a"), Names.Package("p"), Names.Version("latest"), Id(1));
        Assert.Equal(Id(1), cache.Find(Address("https://a"), Names.Package("p"), Names.Version("latest")));
        Assert.Null(cache.Find(Address("https://b"), Names.Package("p"), Names.Version("latest")));
        Assert.Null(cache.Find(Address("https://a"), Names.Package("q"), Names.Version("latest")));
        Assert.Null(cache.Find(Address("https://a"), Names.Package("p"), Names.Version("version:1")));
        cache.Keep(Address("https://a"), Names.Package("p"), Names.Version("latest"), Id(2));
        Assert.Equal(Id(2), cache.Find(Address("https://a"), Names.Package("p"), Names.Version("latest")));
        cache.Forget(Address("https://a"), Names.Package("p"), Names.Version("latest"));
        Assert.Null(cache.Find(Address("https://a"), Names.Package("p"), Names.Version("latest")));
    }

    [Fact]
    public void Damage_anywhere_in_an_answer_makes_it_none()
    {
        var cache = new VersionCache(Layout);
        cache.Keep(Address("https://a"), Names.Package("p"), Names.Version("version:1"), Id(1));
        string file = Assert.Single(Directory.GetFiles(Layout.Versions));
        byte[] good = File.ReadAllBytes(file);
        for (int index = 0; index < good.Length; index++)
        {
            byte[] damaged = [.. good];
            damaged[index] ^= 1;
            File.WriteAllBytes(file, damaged);
            Assert.Null(cache.Find(Address("https://a"), Names.Package("p"), Names.Version("version:1")));
            File.WriteAllBytes(file, good[..index]);
            Assert.Null(cache.Find(Address("https://a"), Names.Package("p"), Names.Version("version:1")));
        }
    }

    [Fact]
    public void An_answer_that_is_used_stays_longer()
    {
        var cache = new VersionCache(Layout);
        cache.Keep(Address("https://a"), Names.Package("used"), Names.Version("version:1"), Id(1));
        cache.Keep(Address("https://a"), Names.Package("unused"), Names.Version("version:1"), Id(1));
        DateTime now = DateTime.UtcNow;
        foreach (string file in Directory.GetFiles(Layout.Versions)) File.SetLastWriteTimeUtc(file, now.AddDays(-29));
        Assert.NotNull(cache.Find(Address("https://a"), Names.Package("used"), Names.Version("version:1")));
        new CacheTrimmer(Layout, new Log(LogLevel.Error)).TrimIfDue(now.AddDays(2));
        Assert.NotNull(cache.Find(Address("https://a"), Names.Package("used"), Names.Version("version:1")));
        Assert.Null(cache.Find(Address("https://a"), Names.Package("unused"), Names.Version("version:1")));
    }

    [Fact]
    public async Task A_damaged_instance_is_found_at_its_next_use_and_fetched_anew()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin pin = await FetchAsync(shelf);
        string file = Path.Combine(shelf.Cache, "instances", pin.Instance.Value);
        long length = new FileInfo(file).Length;
        foreach (long position in (long[])[0, length / 3, length - 1])
        {
            using (FileStream stream = File.Open(file, FileMode.Open))
            {
                stream.Position = position;
                int old = stream.ReadByte();
                stream.Position = position;
                stream.WriteByte((byte)(old ^ 0x40));
            }
            await FetchAsync(shelf);
            shelf.AssertCacheIsWhole(pin);
        }
        File.WriteAllBytes(file, []);
        await FetchAsync(shelf);
        shelf.AssertCacheIsWhole(pin);
        Assert.Equal(5, shelf.Server.Log.Downloads.Count());
    }

    [Fact]
    public async Task A_cache_that_others_fill_is_looked_into_first_and_never_written()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin pin = await FetchAsync(shelf);
        string shared = shelf.Combine("shared");
        Directory.Move(shelf.Cache, shared);
        shelf.Server.Log.Clear();
        using (InstanceFile instance = Outcome.Value(await shelf.Open(("CIPD_READ_ONLY_CACHE_DIR", shared), ("CIPD_DISABLE_NETWORK", "1")).FetchAsync(pin, Stop)))
            Assert.StartsWith(shared, instance.Path, StringComparison.Ordinal);

        string file = Path.Combine(shared, "instances", pin.Instance.Value);
        File.WriteAllText(file, "damaged");
        Outcome.Value(await shelf.Open(("CIPD_READ_ONLY_CACHE_DIR", shared)).FetchAsync(pin, Stop)).Dispose();
        shelf.AssertCacheIsWhole(pin);
        Assert.Equal("damaged", File.ReadAllText(file));
    }

    [Fact]
    public async Task What_CIPDs_client_knows_of_versions_is_used_too()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin pin = await FetchAsync(shelf);
        string shared = shelf.Combine("shared");
        Directory.Move(shelf.Cache, shared);
        Directory.Delete(Path.Combine(shared, "vpython3"), recursive: true);
        var known = new KnownVersions
        {
            Entries = { new KnownVersions.Types.KnownTag { Package = "wheels/hello", Tag = "version:1.0", InstanceId = pin.Instance.Value, Service = shelf.Server.Url } },
            RefEntries = { new KnownVersions.Types.KnownRef { Package = "wheels/hello", Ref = "latest", InstanceId = pin.Instance.Value, Service = shelf.Server.Url } },
        };
        string file = Path.Combine(shared, "versioncache.db");
        File.WriteAllBytes(file, new HashedBlob { Blob = known.ToByteString(), Sha256 = ByteString.CopyFrom(SHA256.HashData(known.ToByteArray())) }.ToByteArray());
        PackageService client = shelf.Open(("CIPD_READ_ONLY_CACHE_DIR", shared), ("CIPD_DISABLE_NETWORK", "1"));
        foreach (string version in (string[])["version:1.0", "latest"])
            Assert.Equal(pin, Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version(version), Stop)));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();

        byte[] damaged = File.ReadAllBytes(file);
        damaged[10] ^= 1;
        File.WriteAllBytes(file, damaged);
        PackageService again = shelf.Open(("CIPD_READ_ONLY_CACHE_DIR", shared), ("CIPD_DISABLE_NETWORK", "1"));
        Outcome.Failure(await again.ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:1.0"), Stop), "VPY3134", "CIPD_DISABLE_NETWORK");
    }

    [Fact]
    public async Task What_a_killed_download_left_goes_with_the_next()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        PackagePin pin = Outcome.Value(await shelf.Open().ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        string leftover = Path.Combine(shelf.Cache, "vpython3", "partial", $"{pin.Instance}.0123");
        Directory.CreateDirectory(Path.GetDirectoryName(leftover)!);
        File.WriteAllText(leftover, "half");
        await FetchAsync(shelf);
        shelf.AssertCacheIsWhole(pin);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_named()
    {
        await using LoopbackShelf shelf = await LoopbackShelf.StartAsync();
        string file = shelf.Write("file", "");
        PackageService client = shelf.Open(("CIPD_CACHE_DIR", Path.Combine(file, "cache")));
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("latest"), Stop));
        Assert.Contains("CIPD_CACHE_DIR", Outcome.Failure(await client.FetchAsync(pin, Stop), "VPY3141", file).NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_go_by_age_and_then_by_size_and_foreign_files_stay()
    {
        DateTime now = DateTime.UtcNow;
        Directory.CreateDirectory(Layout.Instances);
        Directory.CreateDirectory(Layout.Partial);
        for (byte number = 0; number < 6; number++)
        {
            File.WriteAllBytes(Layout.Instance(Id(number)), new byte[100]);
            File.SetLastWriteTimeUtc(Layout.Instance(Id(number)), now.AddDays(-number));
        }
        File.WriteAllText(Path.Combine(Layout.Instances, "state.db"), "");
        File.SetLastWriteTimeUtc(Path.Combine(Layout.Instances, "state.db"), now.AddDays(-90));
        File.WriteAllText(Path.Combine(Layout.Partial, "old"), "");
        File.SetLastWriteTimeUtc(Path.Combine(Layout.Partial, "old"), now.AddDays(-2));
        File.WriteAllText(Path.Combine(Layout.Partial, "new"), "");

        var trimmer = new CacheTrimmer(Layout, new Log(LogLevel.Error)) { Age = TimeSpan.FromDays(4.5), Size = 350 };
        trimmer.TrimIfDue(now);
        Assert.Equal([true, true, true, false, false, false], Enumerable.Range(0, 6).Select(number => File.Exists(Layout.Instance(Id((byte)number)))));
        Assert.True(File.Exists(Path.Combine(Layout.Instances, "state.db")));
        Assert.Equal(["new"], Directory.GetFiles(Layout.Partial).Select(Path.GetFileName));

        // Done lately, it is not done again.
        File.SetLastWriteTimeUtc(Layout.Instance(Id(0)), now.AddDays(-90));
        trimmer.TrimIfDue(now);
        Assert.True(File.Exists(Layout.Instance(Id(0))));
        trimmer.TrimIfDue(now.AddDays(2));
        Assert.False(File.Exists(Layout.Instance(Id(0))));
    }

    [Fact]
    public void What_a_clock_that_was_ahead_wrote_ages_from_now_and_holds_up_no_trimming()
    {
        DateTime now = DateTime.UtcNow;
        string[] files = [Layout.Instance(Id(1)), Path.Combine(Layout.Partial, "left"), Path.Combine(Layout.Versions, "answer"), Layout.TrimStamp];
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
            File.SetLastWriteTimeUtc(file, now.AddDays(400));
        }
        File.WriteAllText(Layout.Instance(Id(2)), "");
        File.SetLastWriteTimeUtc(Layout.Instance(Id(2)), now.AddDays(-90));
        var trimmer = new CacheTrimmer(Layout, new Log(LogLevel.Error));
        trimmer.TrimIfDue(now);
        Assert.False(File.Exists(Layout.Instance(Id(2))));
        Assert.All(files, file => Assert.True(File.Exists(file)));
        trimmer.TrimIfDue(now.AddDays(31));
        Assert.Equal([false, false, false, true], files.Select(File.Exists));
    }

    private static async Task<PackagePin> FetchAsync(LoopbackShelf shelf)
    {
        PackageService client = shelf.Open();
        PackagePin pin = Outcome.Value(await client.ResolveAsync(Names.Package("wheels/hello"), Names.Version("version:1.0"), Stop));
        Outcome.Value(await client.FetchAsync(pin, Stop)).Dispose();
        return pin;
    }

    private static ServiceAddress Address(string text) => ServiceAddress.TryParse(text, out ServiceAddress? address, out _) ? address : throw new ArgumentException(text);

    private static InstanceId Id(byte number) => InstanceId.FromSha256(SHA256.HashData([number]));
}
