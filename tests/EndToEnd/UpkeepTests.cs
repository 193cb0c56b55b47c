using System.Diagnostics;
using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Environments and caches as their owner sees them, and how old ones go by themselves.</summary>
public sealed class UpkeepTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Sandbox _user;

    public UpkeepTests(PackageShelf packages)
    {
        _user = new Sandbox().With(packages);
        _user.Write(".vpython3", PackageShelf.Spec);
        _user.Write("s.py", "import greeting\nprint(greeting.TEXT)\n");
    }

    private string Environment => Assert.Single(_user.Environments);

    private string Id => Path.GetFileName(Environment);

    private string UseLock => Path.Combine(_user.Root, "v1", "locks", Id + ".use");

    private string Stamp => Path.Combine(_user.Root, "v1", "collected");

    public void Dispose() => _user.Dispose();

    [Fact]
    public void The_list_tells_for_whom_an_environment_was_made_and_how_large_it_is()
    {
        Build();
        ProcessRun list = _user.Run("env", "list");
        Assert.Contains(Id[..12], list.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_user.Work, "s.py"), list.Output, StringComparison.Ordinal);

        JsonNode told = JsonNode.Parse(_user.Run("env", "list", "--json").Output)!;
        JsonNode environment = Assert.Single(told["environments"]!.AsArray())!;
        Assert.Equal(Environment, (string?)environment["path"]);
        Assert.Equal(["test/farewell", "test/greeting"], environment["packages"]!.AsArray().Select(package => (string?)package!["name"]));
        Assert.Equal(Path.Combine(_user.Work, ".vpython3"), (string?)environment["made_for"]![0]!["spec"]);
        string du = _user.Start("/usr/bin/du", ["-s", "--block-size=1", Environment]).Output.Split('\t')[0];
        Assert.Equal(du, environment["bytes"]!.ToJsonString());
    }

    [Fact]
    public void Nothing_of_the_callers_variables_is_written_down()
    {
        _user.Variables["SOME_TOKEN"] = "secret-4f1d";
        Build();
        Assert.Equal("", _user.Start("/bin/sh", ["-c", $"grep -rl secret-4f1d '{_user.Root}' || true"]).Output);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("prefix")]
    [InlineData("path")]
    [InlineData("inside")]
    [InlineData("script")]
    public void An_environment_is_named_in_many_ways(string way)
    {
        Build();
        string name = way switch
        {
            "id" => Id,
            "prefix" => Id[..6],
            "path" => Environment,
            "inside" => Path.Combine(Environment, "bin", "python3"),
            _ => "s.py",
        };
        Assert.Equal(Environment + "\n", _user.Run("env", "path", name).Output);
        Assert.Contains("test/greeting", _user.Run("env", "info", name).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_environment_is_refused()
    {
        Build();
        Assert.Contains("[VPY3025]", _user.Run("env", "info", "zzzz").Error, StringComparison.Ordinal);
        _user.Write("other.py", "");
        _user.Write("other.py.vpython3", "");
        ProcessRun other = _user.Run("env", "path", "other.py");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("is not there", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rm lib/python3.*/site-packages/greeting.py", "greeting.py: missing")]
    [InlineData("for file in lib/python3.*/site-packages/greeting.py; do echo >>$file; done", "greeting.py: changed")]
    [InlineData("rm -r lib/python3.*/site-packages/greeting-1.0.dist-info", "greeting-1.0.dist-info/RECORD: missing")]
    [InlineData("for file in lib/python3.*/site-packages/greeting-1.0.dist-info/RECORD; do echo x,, >>$file; done", "RECORD: changed")]
    [InlineData("echo home = /nowhere >>pyvenv.cfg", "pyvenv.cfg: changed")]
    [InlineData("ln -sfn /nowhere bin/python3.11; ln -sfn /nowhere bin/python3", "bin/python3: a link that leads nowhere")]
    [InlineData("rm bin/greet", "bin/greet: missing")]
    public void Damage_is_found_and_mended(string damage, string finding)
    {
        Build();
        Assert.Equal(0, _user.Run("env", "verify").ExitCode);
        Assert.Equal(0, _user.Start("/bin/sh", ["-c", damage], directory: Environment).ExitCode);
        ProcessRun verified = _user.Run("env", "verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains(finding, verified.Output, StringComparison.Ordinal);

        ProcessRun repaired = _user.Run("env", "repair");
        Assert.True(repaired.ExitCode == 0, repaired.Error);
        Assert.Equal("1 environment built anew, 0 as they were\n", repaired.Output);
        Assert.Equal(0, _user.Run("env", "verify", "--json").ExitCode);
        Assert.Equal("hello\n", _user.Run("s.py").Output);
        Assert.Contains("s.py", _user.Run("env", "info", Id).Output, StringComparison.Ordinal);
        Assert.Empty(_user.Unfinished);
    }

    [Fact]
    public void Repair_takes_nothing_damaged_from_the_cache()
    {
        Build();
        string cached = Directory.GetFiles(Path.Combine(_user.Root, "v1", "wheels"), "*", SearchOption.AllDirectories)
            .Single(static file => Path.GetFileName(Path.GetDirectoryName(file)) == "files" && File.ReadAllText(file).StartsWith("TEXT = 'hello'", StringComparison.Ordinal));
        DateTime time = File.GetLastWriteTimeUtc(cached);
        // As a disk that fails would: size and time are as they were.
        File.SetUnixFileMode(cached, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(cached, File.ReadAllText(cached).Replace("hello", "HELLO", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(cached, time);
        Assert.Equal(0, _user.Run("env", "remove", "--all").ExitCode);
        Assert.Equal(0, _user.Run("s.py").ExitCode);
        Assert.Equal(1, _user.Run("env", "verify").ExitCode);
        ProcessRun repaired = _user.Run("env", "repair");
        Assert.True(repaired.ExitCode == 0, repaired.Error);
        Assert.Equal(0, _user.Run("env", "verify").ExitCode);
        Assert.Equal("all that is kept is sound\n", _user.Run("cache", "verify").Output);
        Assert.Equal("hello\n", _user.Run("s.py").Output);
    }

    [Fact]
    public void What_a_script_adds_is_no_damage()
    {
        Build();
        Assert.Equal(0, _user.Run("-c", "import greeting, farewell, sysconfig, pathlib; pathlib.Path(sysconfig.get_path('purelib'), 'added.py').touch()").ExitCode);
        Assert.Equal("1 environment, all as they were made\n", _user.Run("env", "verify").Output);
    }

    [Fact]
    public void An_environment_that_cannot_be_built_again_is_out_of_the_way_for_the_next_run()
    {
        Build();
        string packages = _user.Variables["VPYTHON_PACKAGES"]!;
        File.Delete(Directory.GetFiles(Path.Combine(Environment, "lib"), "greeting.py", SearchOption.AllDirectories).Single());
        string empty = _user.Combine("empty");
        Directory.CreateDirectory(empty);
        _user.Variables["VPYTHON_PACKAGES"] = empty;
        Assert.Equal(1, _user.Run("env", "repair").ExitCode);
        Assert.Empty(_user.Environments);
        _user.Variables["VPYTHON_PACKAGES"] = packages;
        Assert.Equal("hello\n", _user.Run("s.py").Output);
    }

    [Fact]
    public void One_in_use_is_not_removed_and_one_that_is_not_is()
    {
        Build();
        using (Process running = Start("-c", "import sys; print(1, flush=True); sys.stdin.read()"))
        {
            Assert.Equal("1", running.StandardOutput.ReadLine());
            ProcessRun refused = _user.Run("env", "remove", Id);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("[VPY3027]", refused.Error, StringComparison.Ordinal);
            ProcessRun all = _user.Run("env", "remove", "--all");
            Assert.Equal((0, "0 environments removed, 0 B free again, 1 in use\n"), (all.ExitCode, all.Output));
            Assert.Contains($"warning: environment {Id} is in use and stays [VPY3027]", all.Error, StringComparison.Ordinal);
            Assert.True((bool)JsonNode.Parse(_user.Run("env", "info", "--json", Id).Output)!["environments"]![0]!["in_use"]!);
            running.StandardInput.Close();
            running.WaitForExit();
        }
        ProcessRun removed = _user.Run("env", "remove", Id);
        Assert.True(removed.ExitCode == 0, removed.Error);
        Assert.Empty(_user.Environments);
        Assert.Empty(_user.Unfinished);
        Assert.Equal("hello\n", _user.Run("s.py").Output);
    }

    [Fact]
    public void Old_environments_go_behind_a_run_that_does_not_wait_for_it()
    {
        Build();
        string old = Environment;
        Age(TimeSpan.FromDays(8));
        _user.Write("other.py.vpython3", "");
        _user.Write("other.py", "import os\nprint(open('/proc/self/task/%d/children' % os.getpid()).read())\n");
        Assert.Equal("\n", _user.Run("other.py").Output);
        Assert.True(Directory.Exists(old), "a new store has nothing to look for");

        File.SetLastWriteTimeUtc(Stamp, DateTime.UtcNow.AddHours(-7));
        // The script has no child that it did not start, and its output ends with it: the run is over before the collector is.
        ProcessRun run = _user.Run("other.py");
        Assert.Equal(("\n", ""), (run.Output, run.Error));
        WaitUntil(() => !Directory.Exists(old));
        WaitForTheCollector();
        Assert.Empty(_user.Unfinished);
        Assert.Single(_user.Environments);
        Assert.True(DateTime.UtcNow - File.GetLastWriteTimeUtc(Stamp) < TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_run_that_needs_the_old_environment_keeps_it()
    {
        Build();
        Age(TimeSpan.FromDays(8));
        File.SetLastWriteTimeUtc(Stamp, DateTime.UtcNow.AddHours(-7));
        string environment = Environment;
        long before = Inode();
        Assert.Equal("hello\n", _user.Run("s.py").Output);
        Assert.True(DateTime.UtcNow - File.GetLastWriteTimeUtc(Stamp) < TimeSpan.FromHours(1), "a collector was started");
        Assert.Equal(0, _user.Run("cache", "prune").ExitCode);
        Assert.Equal(environment, Environment);
        Assert.Equal(before, Inode());
    }

    [Fact]
    public void After_a_long_absence_nothing_goes_at_once()
    {
        Build();
        Age(TimeSpan.FromDays(30));
        File.SetLastWriteTimeUtc(Stamp, DateTime.UtcNow.AddDays(-30));
        ProcessRun run = _user.Run("-vpython-log-level", "debug", "-vpython-spec", "/dev/null", "-c", "pass");
        Assert.DoesNotContain("removed behind this run", run.Error, StringComparison.Ordinal);
        Assert.True(DateTime.UtcNow - File.GetLastWriteTimeUtc(Stamp) < TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_clock_that_was_ahead_neither_removes_what_is_used_nor_stops_removing()
    {
        Build();
        string old = Environment;
        Age(TimeSpan.FromDays(8));
        File.SetLastWriteTimeUtc(Stamp, DateTime.UtcNow.AddDays(300));
        _user.Write("other.py.vpython3", "");
        _user.Write("other.py", "");
        Assert.Equal(0, _user.Run("other.py").ExitCode);
        WaitUntil(() => !Directory.Exists(old));
        WaitForTheCollector();
        Assert.True(File.GetLastWriteTimeUtc(Stamp) <= DateTime.UtcNow.AddMinutes(1));
        Assert.Single(_user.Environments);
    }

    [Fact]
    public void Never_is_never()
    {
        _user.Variables["VPYTHON_PRUNE_INTERVAL"] = "never";
        Build();
        File.WriteAllText(Stamp, "");
        File.SetLastWriteTimeUtc(Stamp, DateTime.UtcNow.AddHours(-7));
        DateTime before = File.GetLastWriteTimeUtc(Stamp);
        Build();
        Assert.Equal(before, File.GetLastWriteTimeUtc(Stamp));
    }

    [Fact]
    public void A_period_without_a_meaning_is_told_and_removes_nothing()
    {
        Build();
        _user.Variables["VPYTHON_PRUNE_INTERVAL"] = "often";
        ProcessRun run = _user.Run("s.py");
        Assert.Equal("hello\n", run.Output);
        Assert.Contains("VPYTHON_PRUNE_INTERVAL is 'often', which is no duration", run.Error, StringComparison.Ordinal);
        _user.Variables.Remove("VPYTHON_PRUNE_INTERVAL");
        Assert.Equal(2, _user.Run("cache", "prune", "--age", "old").ExitCode);
    }

    [Fact]
    public void Old_environments_can_be_removed_by_hand_and_it_can_be_told_first()
    {
        Build();
        Age(TimeSpan.FromHours(3));
        Assert.StartsWith("0 environments would be removed", _user.Run("cache", "prune", "--dry-run").Output, StringComparison.Ordinal);
        Assert.Contains("1 environment would be removed", _user.Run("cache", "prune", "--dry-run", "--age", "2h").Output, StringComparison.Ordinal);
        Assert.Single(_user.Environments);
        Assert.Contains("1 environment removed", _user.Run("cache", "prune", "--age", "2h").Output, StringComparison.Ordinal);
        Assert.Empty(_user.Environments);
    }

    [Fact]
    public void Damage_in_caches_is_found_and_mended()
    {
        Build();
        Assert.Equal("all that is kept is sound\n", _user.Run("cache", "verify").Output);
        string instance = Path.Combine(_user.Root, "cipd", "instances", new string('A', 43) + "C");
        Directory.CreateDirectory(Path.GetDirectoryName(instance)!);
        File.WriteAllText(instance, "not this");
        string warm = Directory.GetFiles(Path.Combine(_user.Root, "v1", "warm")).First();
        File.AppendAllText(warm, "x");
        JsonNode told = JsonNode.Parse(_user.Run("cache", "verify", "--json").Output)!;
        Assert.Equal(["instances", "warm"], told["faults"]!.AsArray().Select(fault => (string?)fault!["kind"]));
        Assert.Equal(0, _user.Run("cache", "repair").ExitCode);
        Assert.False(File.Exists(instance));
        Assert.Equal("all that is kept is sound\n", _user.Run("cache", "verify").Output);
        Assert.Equal("hello\n", _user.Run("s.py").Output);
    }

    [Fact]
    public void What_can_be_made_again_can_be_removed_while_environments_stay()
    {
        Build();
        Assert.Equal(0, _user.Run("cache", "clean").ExitCode);
        Assert.False(Directory.Exists(Path.Combine(_user.Root, "v1", "warm")));
        Assert.Equal("hello\n", _user.Run("s.py").Output);
        Assert.Single(_user.Environments);
        string[] kinds = [.. JsonNode.Parse(_user.Run("cache", "info", "--json").Output)!["kinds"]!.AsArray().Select(kind => (string)kind!["name"]!)];
        Assert.Contains("environments", kinds);
    }

    private void Build() => Assert.Equal("hello\n", _user.Run("s.py").Output);

    private void Age(TimeSpan age) => File.SetLastWriteTimeUtc(UseLock, DateTime.UtcNow - age);

    private long Inode() => long.Parse(_user.Start("/usr/bin/stat", ["-c", "%i", Environment]).Output, System.Globalization.CultureInfo.InvariantCulture);

    private Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(NativeExecutable.Runner, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _user.Work };
        start.Environment.Clear();
        foreach ((string name, string? value) in _user.Variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>One that has removed something holds its lock until it has removed all.</summary>
    private void WaitForTheCollector() => WaitUntil(() => _user.Start(Requirement.Tool("flock"), ["--nonblock", Path.Combine(_user.Root, "v1", "locks", "collector"), "true"]).ExitCode == 0);

    private static void WaitUntil(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, "it did not happen within a minute");
            Thread.Sleep(10);
        }
    }
}
