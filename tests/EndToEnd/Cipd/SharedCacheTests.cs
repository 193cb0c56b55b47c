using System.Diagnostics;
using System.Globalization;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd.Cipd;

/// <summary>One cache under many users, killed users, broken files and full disks.</summary>
public sealed class SharedCacheTests : IAsyncLifetime
{
    private const int Processes = 50;
    private const int LargeFile = 3_000_000;

    /// <summary>How many times a fetch is killed; the long run has more: <c>tests/CipdServer/README.md</c> says how.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("VPYTHON_TEST_KILLS") ?? "10", CultureInfo.InvariantCulture);

    private readonly TemporaryDirectory _packages = new();
    private ServiceUser _user = null!;

    public async ValueTask InitializeAsync()
    {
        // Bytes that no compression makes fewer, so that there is something to fetch.
        string greeting = new WheelBuilder("greeting", "1.0").Add("greeting/__init__.py", "TEXT = 'hello'\n").Add("greeting/data", Noise(LargeFile, 1)).Write(_packages.Path);
        string farewell = new WheelBuilder("farewell", "1.0").Add("farewell/__init__.py", "TEXT = 'goodbye'\n").Add("farewell/data", Noise(LargeFile / 3, 2)).Write(_packages.Path);
        PackageShelf.Add(_packages.Combine("packages"), "test/greeting", "version:1.0", greeting);
        PackageShelf.Add(_packages.Combine("packages"), "test/farewell", "version:1.0", farewell);
        _user = await ServiceUser.StartAsync(_packages.Combine("packages"));
    }

    public async ValueTask DisposeAsync()
    {
        await _user.DisposeAsync();
        _packages.Dispose();
    }

    [Fact]
    public void Fifty_processes_with_one_cache_download_each_instance_once()
    {
        Process[] all = [.. Enumerable.Range(0, Processes).Select(number => _user.Start(("VPYTHON_VIRTUALENV_ROOT", _user.Sandbox.Combine($"root-{number}"))))];
        try
        {
            foreach (Process process in all)
            {
                string output = process.StandardOutput.ReadToEnd();
                string error = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0, error);
                Assert.Equal("hello goodbye\n", output);
            }
        }
        finally
        {
            foreach (Process process in all) process.Dispose();
        }
        Assert.Equal(2, _user.Server.Log.Downloads.Count());
        Assert.Equal(2, _user.Server.Log.Downloads.Select(download => download.Instance).Distinct().Count());
        Assert.Equal(2, _user.CachedInstances.Length);
        _user.AssertCacheIsSound();
    }

    [Fact]
    public async Task After_a_kill_at_any_time_of_a_fetch_the_next_run_works()
    {
        // The time of a whole run on this machine, of which a part is fetching and a part unpacking.
        _user.Server.Faults.BlobRate = LargeFile * 2;
        var time = Stopwatch.StartNew();
        _user.RunsWell();
        TimeSpan whole = time.Elapsed;
        var random = new Random(Environment.GetEnvironmentVariable("VPYTHON_TEST_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1);
        var states = new HashSet<string>();
        for (int kill = 0; kill < Kills; kill++)
        {
            _user.ForgetEnvironments();
            Directory.Delete(_user.Cache, recursive: true);
            TimeSpan moment = whole * ((kill + random.NextDouble()) / Kills);
            using (Process process = _user.Start())
            {
                await Task.Delay(moment, TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
            states.Add(StateOfCache());

            // Whatever is under an instance's name is that instance, even now; what is half done has no such name.
            Assert.All(_user.CachedInstances, file => Assert.Equal(Path.GetFileName(file), ServiceUser.IdOf(File.ReadAllBytes(file))));
            _user.Server.Faults.BlobRate = null;
            _user.RunsWell();
            _user.AssertCacheIsSound();
            Assert.Equal(2, _user.CachedInstances.Length);
            Assert.Empty(_user.Sandbox.Unfinished);
            Assert.Empty(Directory.GetFileSystemEntries(_user.Sandbox.Temporary));
            _user.Server.Faults.BlobRate = LargeFile * 2;
        }
        Assert.True(states.Count >= 3, $"the kills met only {states.Count} different states: {string.Join(" | ", states)}");
    }

    [Fact]
    public void A_corrupt_byte_anywhere_in_a_cached_instance_is_found_and_the_instance_fetched_anew()
    {
        _user.RunsWell();
        var random = new Random(3);
        string file = _user.CachedInstances.MaxBy(path => new FileInfo(path).Length)!;
        byte[] good = File.ReadAllBytes(file);
        int[] positions = [0, good.Length - 1, good.Length / 2, .. Enumerable.Range(0, 5).Select(_ => random.Next(good.Length))];
        foreach (int position in positions)
        {
            byte[] bad = [.. good];
            bad[position] ^= (byte)(1 << random.Next(8));
            AssertRepaired(file, bad, good);
        }
        AssertRepaired(file, [], good);
        AssertRepaired(file, good[..^1], good);
        AssertRepaired(file, [.. good, 0], good);
        AssertRepaired(file, new byte[good.Length], good);
    }

    [Fact]
    public void A_full_disk_under_the_cache_is_one_error_and_damages_nothing()
    {
        string disk = _user.Sandbox.Combine("disk");
        Directory.CreateDirectory(disk);
        _user.Variables["CIPD_CACHE_DIR"] = disk;
        AssertFullDisk(disk, 2_000_000, "find \"$disk\" -type f ! -path '*/locks/*' ! -path '*/versions/*' -size +0", out string error, out string left);
        Assert.Contains("[VPY3141]", error, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error, StringComparison.Ordinal);
        Assert.Contains(disk, error, StringComparison.Ordinal);
        foreach (string file in left.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Assert.Matches("/instances/[A-Za-z0-9_-]{44}$", file);
        _user.RunsWell();
        // What came before the disk was full may have been unpacked already, into the store, which has room; then only the other is fetched.
        string[] fetched = Directory.GetFiles(Path.Combine(disk, "instances"));
        Assert.InRange(fetched.Length, 1, 2);
        Assert.All(fetched, static file => Assert.Equal(Path.GetFileName(file), ServiceUser.IdOf(File.ReadAllBytes(file))));
    }

    [Fact]
    public void A_full_disk_under_the_environments_is_one_error_and_damages_nothing()
    {
        string disk = _user.Sandbox.Combine("disk");
        Directory.CreateDirectory(disk);
        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = disk;
        AssertFullDisk(disk, 2_000_000, "ls \"$disk/v1/environments\" \"$disk/v1/building\" 2>/dev/null | grep -v : || true", out string error, out string left);
        Assert.Contains("No space left on device", error, StringComparison.Ordinal);
        Assert.Equal("", left.Trim());
        _user.AssertCacheIsSound();
        _user.RunsWell();
    }

    /// <summary>Runs the script where a directory is a small disk; what the disk looks like afterwards is what <paramref name="look"/> prints.</summary>
    private void AssertFullDisk(string disk, int size, string look, out string error, out string left)
    {
        string unshare = Requirement.Tool("unshare");
        ProcessRun allowed = ProcessRun.Of(unshare, ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", disk]);
        if (allowed.ExitCode != 0) Assert.Skip($"file systems cannot be mounted here: {allowed.Error.Trim()}");
        const string script =
            """
            disk=$1 runner=$2 size=$3 look=$4
            mount -t tmpfs -o size="$size" none "$disk"
            "$runner" s.py
            echo "exit $?"
            eval "$look"
            """;
        ProcessRun run = _user.Sandbox.Start(unshare, ["--user", "--map-root-user", "--mount", "/bin/sh", "-c", script, "sh", disk, NativeExecutable.Runner, $"{size}", look]);
        Assert.StartsWith("exit 1\n", run.Output, StringComparison.Ordinal);
        error = run.Error;
        left = run.Output["exit 1\n".Length..];
        Assert.Equal(1, error.Split("error: ").Length - 1);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private void AssertRepaired(string file, byte[] bad, byte[] good)
    {
        File.WriteAllBytes(file, bad);
        _user.ForgetEnvironments();
        int downloads = _user.Server.Log.Downloads.Count();
        ProcessRun run = _user.RunsWell();
        Assert.Contains("damaged", run.Error, StringComparison.Ordinal);
        Assert.Equal(downloads + 1, _user.Server.Log.Downloads.Count());
        Assert.Equal(good, File.ReadAllBytes(file));
        _user.AssertCacheIsSound();
    }

    /// <summary>What a killed run left, coarsely: which files there are, and whether an environment was begun or done.</summary>
    private string StateOfCache()
    {
        string partial = Path.Combine(_user.Cache, "vpython3", "partial");
        int begun = Directory.Exists(partial) ? Directory.GetFiles(partial).Length : 0;
        return $"{_user.CachedInstances.Length} whole, {begun} begun, {_user.Sandbox.Unfinished.Length} building, {_user.Sandbox.Environments.Length} environments";
    }

    private static byte[] Noise(int length, int seed)
    {
        byte[] noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
