using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Runner.Files;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments.Upkeep;

public sealed class StoreCollectorTests : IDisposable
{
    private static readonly DateTime Now = DateTime.UtcNow;
    private static readonly RetentionPolicy Week = new();

    private readonly TemporaryDirectory _directory = new();
    private readonly StoreLayout _layout;
    private readonly EnvironmentStore _store;
    private readonly StoreCollector _collector;

    public StoreCollectorTests()
    {
        _layout = new(_directory.Combine("root"));
        var log = new Log(LogLevel.Error);
        _store = new(_layout, log);
        _collector = new(_layout, log);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_nobody_has_used_for_a_week_goes_with_its_record_and_the_rest_stays()
    {
        string old = Make("a", TimeSpan.FromDays(8));
        string fresh = Make("b", TimeSpan.FromDays(6));
        CollectionReport report = _collector.Collect(Week, Now);
        Assert.Equal(old, Assert.Single(report.Removed).Id);
        Assert.False(Path.Exists(_layout.Environment(old)));
        Assert.False(File.Exists(_layout.Record(old)));
        Assert.True(_store.IsReady(fresh));
        Assert.True(File.Exists(_layout.Record(fresh)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_layout.Building));
    }

    [Fact]
    public void What_is_in_use_stays_however_old()
    {
        string old = Make("a", TimeSpan.FromDays(800));
        using FileLock use = FileLock.Open(_layout.UseLock(old));
        use.TakeShared();
        CollectionReport report = _collector.Collect(Week, Now);
        Assert.Empty(report.Removed);
        Assert.Equal([old], report.InUse);
        Assert.True(_store.IsReady(old));
        Assert.Equal(Removal.IsInUse, _collector.Remove(old));
    }

    [Fact]
    public void Locks_of_the_long_way_go_after_a_day_unless_somebody_is_on_it()
    {
        string[] names = ["old", "held", "fresh"];
        string[] ways = [.. names.Select(name => Path.Combine(_layout.Locks, name + StoreLayout.LongWayEnding))];
        using FileLock held = FileLock.Open(ways[1]);
        held.TakeShared();
        foreach (string way in (string[])[ways[0], ways[2]]) FileLock.Open(way).Dispose();
        foreach (string way in ways[..2]) File.SetLastWriteTimeUtc(way, Now - TimeSpan.FromDays(2));
        _collector.Collect(Week, Now);
        Assert.Equal(ways[1..].Order(), Directory.GetFiles(_layout.Locks, "*" + StoreLayout.LongWayEnding).Order());
    }

    [Fact]
    public void What_a_process_without_the_lock_runs_from_stays()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("only Linux tells what processes run");
        string old = Make("a", TimeSpan.FromDays(8));
        string program = Path.Combine(_layout.Environment(old), "sleep");
        File.Copy("/bin/sleep", program);
        using (var running = System.Diagnostics.Process.Start(program, "60"))
        {
            Assert.Empty(_collector.Collect(Week, Now).Removed);
            running.Kill();
            running.WaitForExit();
        }
        Assert.Single(_collector.Collect(Week, Now).Removed);
    }

    [Fact]
    public void Lock_files_stay()
    {
        string old = Make("a", TimeSpan.FromDays(8));
        _collector.Collect(Week, Now);
        Assert.True(File.Exists(_layout.UseLock(old)));
    }

    [Fact]
    public void A_removed_environment_is_built_again_by_who_needs_it()
    {
        string old = Make("a", TimeSpan.FromDays(8));
        _collector.Collect(Week, Now);
        Assert.Null(_store.TryHold(old));
        Make("a", TimeSpan.Zero);
        Assert.True(_store.IsReady(old));
    }

    [Fact]
    public void Nothing_goes_by_age_where_it_is_never()
    {
        Make("a", TimeSpan.FromDays(5000));
        Assert.Empty(_collector.Collect(Week with { Age = TimeSpan.MaxValue }, Now).Removed);
    }

    [Fact]
    public void Those_unused_for_longest_go_until_the_rest_fits()
    {
        string[] ids = [.. Enumerable.Range(0, 5).Select(number => Make($"{number}", TimeSpan.FromHours(1 + number), content: 100_000))];
        CollectionReport report = _collector.Collect(Week with { Size = 350_000 }, Now);
        Assert.Equal([ids[4], ids[3]], report.Removed.Select(removed => removed.Id));
    }

    [Fact]
    public void A_size_that_holds_all_removes_nothing_and_one_that_holds_none_all_that_are_not_in_use()
    {
        string[] ids = [.. Enumerable.Range(0, 3).Select(number => Make($"{number}", TimeSpan.FromHours(1 + number), content: 10_000))];
        Assert.Empty(_collector.Collect(Week with { Size = 1 << 30 }, Now).Removed);
        using FileLock use = FileLock.Open(_layout.UseLock(ids[1]));
        use.TakeShared();
        CollectionReport report = _collector.Collect(Week with { Size = 0 }, Now);
        Assert.Equal([ids[2], ids[0]], report.Removed.Select(removed => removed.Id));
    }

    [Fact]
    public void A_last_use_in_the_future_is_that_of_a_wrong_clock_and_ages_from_now()
    {
        string odd = Make("a", TimeSpan.FromDays(-400));
        Assert.Empty(_collector.Collect(Week, Now).Removed);
        Assert.True(File.GetLastWriteTimeUtc(_layout.UseLock(odd)) <= Now.AddMinutes(1));
        Assert.Single(_collector.Collect(Week, Now.AddDays(8)).Removed);
    }

    [Fact]
    public void To_pretend_removes_nothing_and_tells_the_same()
    {
        string old = Make("a", TimeSpan.FromDays(8));
        Assert.Equal(old, Assert.Single(_collector.Collect(Week, Now, pretends: true).Removed).Id);
        Assert.True(_store.IsReady(old));
    }

    [Fact]
    public void What_killed_builders_and_collectors_left_goes_and_what_somebody_may_run_in_stays()
    {
        string id = Make("a", TimeSpan.Zero);
        string removed = Left($"removed.{id}.1");
        string unfinished = Left($"{id}.2");
        string damaged = Left($"damaged.{id}.3");
        string foreign = Left("something-else");
        using (FileLock use = FileLock.Open(_layout.UseLock(id)))
        {
            use.TakeShared();
            _collector.Collect(Week, Now);
            Assert.Equal([false, true, true, true], new[] { removed, unfinished, damaged, foreign }.Select(Directory.Exists));
        }
        _collector.Collect(Week, Now);
        Assert.Equal([false, false, true], new[] { unfinished, damaged, foreign }.Select(Directory.Exists));
    }

    [Fact]
    public void Records_and_memories_of_what_is_gone_go_and_foreign_files_stay()
    {
        string id = Make("a", TimeSpan.Zero);
        string gone = _directory.Write($"root/v1/records/{new string('0', 26)}.json", "{}");
        string foreign = _directory.Write("root/v1/records/notes.txt", "mine");
        string warm = _directory.Write("root/v1/warm/0123456789abcdef", "damaged");
        string memory = _directory.Write("root/v1/interpreters/0123456789abcdef.json", "damaged");
        string aside = _directory.Write("root/v1/warm/.vpython3.0", "");
        string oldAside = _directory.Write("root/v1/warm/.vpython3.1", "");
        File.SetLastWriteTimeUtc(oldAside, Now.AddDays(-2));
        _collector.Collect(Week, Now);
        Assert.Equal([true, false, true, false, false, true, false], new[] { _layout.Record(id), gone, foreign, warm, memory, aside, oldAside }.Select(File.Exists));
    }

    [Fact]
    public void Read_only_directories_in_an_environment_are_no_obstacle()
    {
        string old = Make("a", TimeSpan.FromDays(8));
        string inner = _directory.Write($"root/v1/environments/{old}/lib/module.py", "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.GetDirectoryName(inner)!, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _collector.Collect(Week, Now);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_layout.Building));
    }

    [Fact]
    public void What_has_not_the_name_of_an_environment_is_not_ours()
    {
        Make("a", TimeSpan.Zero);
        string foreign = Path.Combine(_layout.Environments, "mine");
        Directory.CreateDirectory(foreign);
        Directory.SetLastWriteTimeUtc(foreign, Now.AddDays(-100));
        _collector.Collect(Week with { Age = TimeSpan.Zero }, Now.AddDays(1));
        Assert.True(Directory.Exists(foreign));
    }

    [Fact]
    public void A_store_that_is_not_there_is_not_made()
    {
        Assert.Empty(_collector.Collect(Week, Now).Removed);
        Assert.False(Directory.Exists(_layout.Root));
    }

    private string Left(string name)
    {
        string path = Path.Combine(_layout.Building, name);
        Directory.CreateDirectory(path);
        return path;
    }

    private string Make(string seed, TimeSpan age, int content = 10)
    {
        string id = seed.PadRight(26, '0');
        Assert.True(_store.Obtain(id, (aside, _) =>
        {
            File.WriteAllText(Path.Combine(aside, "pyvenv.cfg"), "");
            Directory.CreateDirectory(Path.Combine(aside, EnvironmentStore.Libraries));
            File.WriteAllBytes(Path.Combine(aside, "content"), new byte[content]);
            return new BuiltEnvironment([]);
        }).TryGet(out HeldEnvironment? held, out Failure? failure), failure?.ToString());
        held!.Dispose();
        Directory.CreateDirectory(_layout.Records);
        File.WriteAllText(_layout.Record(id), "{}");
        File.SetLastWriteTimeUtc(_layout.UseLock(id), Now - age);
        return id;
    }
}
