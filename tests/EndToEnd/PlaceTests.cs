using System.Globalization;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Stores in places that lack something, and systems that refuse: a run works or says why, and the next one is as if nothing had been.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly Sandbox _user;
    private readonly List<string> _mounts = [];

    public PlaceTests(PackageShelf packages)
    {
        _user = new Sandbox().With(packages);
        _user.Write(".vpython3", PackageShelf.Spec);
        _user.Write("s.py", "import farewell, greeting\nprint(greeting.TEXT, farewell.TEXT)\n");
    }

    public void Dispose()
    {
        foreach (string mount in Enumerable.Reverse(_mounts)) _user.Start("/bin/umount", ["-l", mount]);
        _user.Dispose();
    }

    [Fact]
    public void Without_locks_environments_are_built_and_run_and_none_is_removed()
    {
        AssertRuns(Injected("flock:error=ENOLCK"));
        AssertRuns(Injected("flock:error=ENOLCK"));
        AssertRuns(Injected("flock:error=EOPNOTSUPP"));
        ProcessRun pruned = Injected("flock:error=ENOLCK", "cache", "prune", "--age", "0");
        Assert.Contains("has no locks", pruned.Error, StringComparison.Ordinal);
        ProcessRun removed = Injected("flock:error=ENOLCK", "env", "remove", "--all");
        Assert.StartsWith("0 environments removed", removed.Output, StringComparison.Ordinal);
        Assert.Single(_user.Environments);
    }

    [Theory]
    [InlineData("symlink,symlinkat:error=EPERM")]
    [InlineData("symlink,symlinkat:error=EOPNOTSUPP")]
    public void Without_symbolic_links_the_interpreter_is_copied(string injection)
    {
        AssertRuns(Injected(injection));
        string python = Path.Combine(Assert.Single(_user.Environments), "bin", "python3");
        Assert.Null(new FileInfo(python).LinkTarget);
        AssertRuns(_user.Run("s.py"));
        Assert.Equal(0, _user.Run("env", "verify").ExitCode);
    }

    [Fact]
    public void A_file_system_that_does_not_tell_upper_case_from_lower_case_holds_a_store()
    {
        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = Path.Combine(MountWithoutCase(), "root");
        AssertRuns(_user.Run("s.py"));
        AssertRuns(_user.Run("s.py"));
        Assert.Equal(0, _user.Run("env", "verify").ExitCode);
        Assert.Equal(0, _user.Run("cache", "verify").ExitCode);
        Assert.Contains("1 environment removed", _user.Run("cache", "prune", "--age", "0").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_only_case_tells_apart_are_refused_where_the_file_system_takes_them_for_one()
    {
        string packages = _user.Combine("mixed");
        foreach (string name in (string[])["mixed", "Mixed"])
            PackageShelf.Add(packages, $"test/{(name == "mixed" ? "lower" : "upper")}", "version:1.0", new WheelBuilder($"{name}{(name == "mixed" ? "1" : "2")}", "1.0").Add($"{name}.py", $"TEXT = '{name}'\n").Write(_user.Combine()));
        _user.Variables["VPYTHON_PACKAGES"] = packages;
        _user.Write("m.py", "import Mixed, mixed\nprint(Mixed.TEXT, mixed.TEXT)\n");
        _user.Write("m.py.vpython3", "wheel: < name: \"test/lower\" version: \"version:1.0\" >\nwheel: < name: \"test/upper\" version: \"version:1.0\" >\n");
        Assert.Equal("Mixed mixed\n", _user.Run("m.py").Output);

        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = Path.Combine(MountWithoutCase(), "root");
        ProcessRun refused = _user.Run("m.py");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("[VPY3210]", refused.Error, StringComparison.Ordinal);
        // The modules or their byte-code: whichever came first.
        Assert.Matches(@"the wheel 'test/lower \S+' is refused: it brings '\S+/mixed\.\S*', which this file system takes for '\S+/Mixed\.\S*' of the wheel 'test/upper ", refused.Error.Replace("The wheel", "the wheel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("link,linkat:error=EPERM")]
    [InlineData("link,linkat:error=EOPNOTSUPP")]
    [InlineData("link,linkat:error=EXDEV")]
    [InlineData("flock:error=EINTR:when=1..3")]
    public void What_a_file_system_has_not_and_what_interrupts_changes_nothing(string injection)
    {
        AssertRuns(Injected(injection));
        AssertRuns(Injected(injection));
    }

    /// <summary>Each call in turn is refused, until a run has too few of them.</summary>
    [Theory]
    [InlineData("rename,renameat,renameat2", "ENOSPC", 6)]
    [InlineData("rename,renameat,renameat2", "EDQUOT", 6)]
    [InlineData("mkdir,mkdirat", "ENOSPC", 8)]
    [InlineData("pwrite64", "ENOSPC", 10)]
    [InlineData("ftruncate,fallocate", "EFBIG", 3)]
    [InlineData("openat", "EMFILE", 10)]
    [InlineData("openat", "EIO", 10)]
    public void What_the_system_refuses_is_told_or_done_without_and_leaves_nothing(string calls, string error, int points)
    {
        // What comes before the first call that concerns the store is the runtime's own.
        int first = calls == "openat" ? 25 : 1;
        for (int point = 0; point < points; point++)
        {
            int when = first + (point * (calls is "openat" or "pwrite64" ? 13 : 1));
            ProcessRun run = Injected(string.Create(CultureInfo.InvariantCulture, $"{calls}:error={error}:when={when}"));
            // Where the refusal met a process that had become Python by then, it is Python's own.
            bool isTold = run.ExitCode != 0 && (run.Error.Contains("[VPY", StringComparison.Ordinal) || run.Error.Contains("Traceback", StringComparison.Ordinal) || run.Error.Contains("Fatal Python error", StringComparison.Ordinal) || run.Error.Contains("error while loading shared libraries", StringComparison.Ordinal));
            Assert.True(isTold || (run.ExitCode == 0 && run.Output == "hello goodbye\n"), $"{error} at {calls} {when}: {run.ExitCode}, '{run.Output}', '{run.Error}'");
            Assert.DoesNotContain("VPY3098", run.Error, StringComparison.Ordinal);
            AssertRuns(_user.Run("s.py"));
            Assert.Equal(0, _user.Run("env", "verify").ExitCode);
            Assert.Equal(0, _user.Run("env", "remove", "--all").ExitCode);
            Assert.Equal(0, _user.Run("cache", "clean").ExitCode);
        }
    }

    [Fact]
    public void A_full_disk_is_told_and_the_next_run_works_when_there_is_room()
    {
        foreach (int kilobytes in (int[])[16, 64, 200, 600, 2000, 6000])
        {
            string root = Mount("full", $"size={kilobytes}k");
            _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = root;
            ProcessRun run = _user.Run("s.py");
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("No space left on device", run.Error, StringComparison.Ordinal);
            Assert.Contains("[VPY3021]", run.Error, StringComparison.Ordinal);
            Assert.Equal(0, _user.Start("/bin/mount", ["-o", "remount,size=100m", root]).ExitCode);
            AssertRuns(_user.Run("s.py"));
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(root, "v1", "building")));
            Unmount(root);
        }
    }

    [Fact]
    public void A_store_that_may_only_be_read_runs_what_is_in_it_and_says_that_it_cannot_build()
    {
        string root = Mount("read", "size=100m");
        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = root;
        AssertRuns(_user.Run("s.py"));
        Assert.Equal(0, _user.Start("/bin/mount", ["-o", "remount,ro", root]).ExitCode);
        AssertRuns(_user.Run("s.py"));

        // The long way too: other bytes of the spec, the same packages.
        _user.Write(".vpython3", "# again\n" + PackageShelf.Spec);
        AssertRuns(_user.Run("s.py"));
        ProcessRun other = _user.Run("-vpython-spec", "/dev/null", "-c", "pass");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("this one is not among them [VPY3021]\n  next: have it built", other.Error, StringComparison.Ordinal);
        ProcessRun prune = _user.Run("cache", "prune", "--age", "0");
        Assert.Equal(1, prune.ExitCode);
        Assert.Contains("[VPY302", prune.Error, StringComparison.Ordinal);
        Assert.Equal(0, _user.Run("env", "verify").ExitCode);
        Assert.Equal(1, _user.Run("env", "remove", Path.GetFileName(Directory.GetDirectories(Path.Combine(root, "v1", "environments")).Single())).ExitCode);
    }

    [Fact]
    public void A_store_of_somebody_else_runs_what_is_in_it_and_its_owner_cannot_remove_it_meanwhile()
    {
        Requirement.Met(System.Environment.UserName == "root", "only root can be somebody else");
        string setpriv = Requirement.Tool("setpriv");
        AssertRuns(_user.Run("s.py"));
        Assert.Equal(0, _user.Start("/bin/sh", ["-c", $"chmod -R go=rX '{_user.Combine()}'"]).ExitCode);
        foreach (string directory in Parents(_user.Combine())) _user.Start("/bin/chmod", ["go+x", directory]);
        string[] asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", NativeExecutable.Runner];
        AssertRuns(_user.Start(setpriv, [.. asNobody, "s.py"]));

        _user.Write("wait.py", "import sys; print(1, flush=True); sys.stdin.readline()");
        ProcessRun both = _user.Start("/bin/sh", ["-c", $"mkfifo ready go; (exec 3<>go; {setpriv} {string.Join(' ', asNobody)} wait.py <&3 >ready) & read line <ready; {NativeExecutable.Runner} env remove --all; echo >go; wait"]);
        Assert.Equal("0 environments removed, 0 B free again, 1 in use\n", both.Output);
        ProcessRun refused = _user.Start(setpriv, [.. asNobody, "-vpython-spec", "/dev/null", "-c", "pass"]);
        Assert.Contains("this one is not among them [VPY3021]\n  next: have it built", refused.Error, StringComparison.Ordinal);
        ProcessRun prune = _user.Start(setpriv, [.. asNobody, "cache", "prune", "--age", "0"]);
        Assert.Equal(1, prune.ExitCode);
        Assert.Contains("[VPY302", prune.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_run_from_a_store_that_nothing_may_be_executed_in()
    {
        string root = Mount("noexec", "size=100m,noexec");
        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = root;
        AssertRuns(_user.Run("s.py"));
        AssertRuns(_user.Run("s.py"));
    }

    [Theory]
    [InlineData("size=4k")]
    [InlineData("size=1m,noexec")]
    [InlineData("size=1m,ro")]
    public void The_temporary_directory_is_not_needed(string options)
    {
        _user.Variables["TMPDIR"] = Mount("tmp", options);
        if (options == "size=4k") _user.Start("/bin/sh", ["-c", "dd if=/dev/zero of=$TMPDIR/full bs=4k count=2"]);
        AssertRuns(_user.Run("s.py"));
    }

    [Fact]
    public void Without_HOME_the_root_is_a_private_directory_in_the_temporary_one()
    {
        _user.Variables.Remove("HOME");
        _user.Variables.Remove("VPYTHON_VIRTUALENV_ROOT");
        AssertRuns(_user.Run("s.py"));
        string root = Assert.Single(Directory.GetDirectories(_user.Temporary));
        Assert.StartsWith("vpython-root_", Path.GetFileName(root), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(root));
    }

    [Fact]
    public void Root_in_the_home_of_another_leaves_that_user_a_cache_directory_of_its_own()
    {
        Requirement.Met(System.Environment.UserName == "root", "only root can be somebody else");
        _user.Variables.Remove("VPYTHON_VIRTUALENV_ROOT");
        Assert.Equal(0, _user.Start("/bin/chown", ["12345:12345", _user.Home]).ExitCode);
        AssertRuns(_user.Run("s.py"));
        Assert.Equal("12345:12345\n0:0\n", _user.Start("/usr/bin/stat", ["-c", "%u:%g", Path.Combine(_user.Home, ".cache"), Path.Combine(_user.Home, ".cache", "vpython-root.0")]).Output);
    }

    [Fact]
    public void A_store_of_another_version_of_ours_is_left_alone()
    {
        string other = Path.Combine(_user.Root, "v999", "environments", new string('0', 26));
        Directory.CreateDirectory(other);
        Directory.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddDays(-99));
        AssertRuns(_user.Run("s.py"));
        Assert.Equal(0, _user.Run("cache", "prune", "--age", "0").ExitCode);
        Assert.Equal(0, _user.Run("cache", "clean").ExitCode);
        Assert.True(Directory.Exists(other));
    }

    [Fact]
    public void With_few_descriptors_a_run_works_or_says_that_they_are_too_few()
    {
        foreach (int limit in (int[])[3, 6, 10, 16, 24, 32, 64])
        {
            ProcessRun run = _user.Start("/bin/sh", ["-c", $"ulimit -n {limit}; exec \"$0\" s.py", NativeExecutable.Runner]);
            Assert.True(run.ExitCode != 0 || run.Output == "hello goodbye\n", $"with {limit} descriptors: {run.ExitCode}, '{run.Output}', '{run.Error}'");
            Assert.DoesNotContain(_user.Environments, environment => !File.Exists(Path.Combine(environment, "pyvenv.cfg")));
        }
        AssertRuns(_user.Run("s.py"));
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (string? parent = Path.GetDirectoryName(path); parent is not null && parent != Path.GetTempPath().TrimEnd('/') && parent.Length > 1; parent = Path.GetDirectoryName(parent)) yield return parent;
    }

    private static void AssertRuns(ProcessRun run) => Assert.True(run.ExitCode == 0 && run.Output == "hello goodbye\n", $"{run.ExitCode}: {run.Output}{run.Error}");

    /// <summary>Runs <c>vpython3</c> with system calls that end otherwise than they would.</summary>
    private ProcessRun Injected(string injection, params string[] arguments) => _user.Start(
        Requirement.Tool("strace"),
        ["-f", "-qq", "-o", "/dev/null", "-e", "trace=" + injection.Split(':')[0], "-e", "inject=" + injection, NativeExecutable.Runner, .. arguments.Length == 0 ? ["s.py"] : arguments]);

    private string Mount(string name, string options)
    {
        string path = _user.Combine($"{name}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        ProcessRun mounted = _user.Start("/bin/mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]);
        // Not everywhere where tests run file systems can be mounted, and CI's containers may not either.
        if (mounted.ExitCode != 0) Assert.Skip($"no file system can be mounted here: {mounted.Error}");
        _mounts.Add(path);
        return path;
    }

    /// <summary>NTFS in a file, by a driver that ignores case: kernels rarely have ext4 with casefold, and this needs none of it.</summary>
    private string MountWithoutCase()
    {
        string image = _user.Combine("image");
        using (FileStream file = File.Create(image)) file.SetLength(64 << 20);
        string path = _user.Combine("caseless");
        Directory.CreateDirectory(path);
        ProcessRun made = _user.Start(Requirement.Tool("mkntfs"), ["-q", "-F", image]);
        Assert.True(made.ExitCode == 0, made.Error);
        ProcessRun mounted = _user.Start(Requirement.Tool("lowntfs-3g"), ["-o", "ignore_case,no_def_opts", image, path]);
        if (mounted.ExitCode != 0) Assert.Skip($"no file system can be mounted here: {mounted.Error}");
        _mounts.Add(path);
        return path;
    }

    private void Unmount(string path)
    {
        Assert.Equal(0, _user.Start("/bin/umount", [path]).ExitCode);
        _mounts.Remove(path);
    }
}
