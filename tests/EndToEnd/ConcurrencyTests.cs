using System.Text.RegularExpressions;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Many runs of one environment, at once and one after the other.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private readonly Sandbox _user;

    public ConcurrencyTests(PackageShelf packages)
    {
        _user = new Sandbox().With(packages);
        _user.Write(".vpython3", PackageShelf.Spec);
    }

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Ten_processes_on_an_empty_store_build_once_and_all_run()
    {
        _user.Write("s.py", "import farewell, greeting, sys\nprint(sys.argv[1], greeting.TEXT, farewell.TEXT, sys.prefix, flush=True)\n");
        const string all = "for number in 0 1 2 3 4 5 6 7 8 9; do \"$1\" -vpython-log-level info s.py $number & done; wait";
        ProcessRun run = _user.Start("/bin/sh", ["-c", all, "sh", NativeExecutable.Runner]);
        string environment = Assert.Single(_user.Environments);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(number => $"{number} hello goodbye {environment}"),
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        string[] builds = [.. run.Error.Split('\n').Where(line => line.Contains("building environment", StringComparison.Ordinal) && !line.Contains("waiting", StringComparison.Ordinal))];
        Assert.Single(builds);
        Assert.Empty(_user.Unfinished);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_waits_while_another_takes_the_long_way_goes_by_its_record_or_takes_the_way_as_well(bool leavesRecord)
    {
        Assert.Equal(0, _user.Run("-c", "pass").ExitCode);
        string way = Assert.Single(Directory.GetFiles(Path.Combine(_user.Root, "v1", "locks"), "*.way"));
        string record = Assert.Single(Directory.GetFiles(Path.Combine(_user.Root, "v1", "warm")));
        string aside = _user.Combine("record");
        File.Move(record, aside);
        const string play = """
            exec 9< "$2"
            flock 9
            "$1" -vpython-log-level debug -c 'print("ran")' 9<&- 2> log &
            turns=0
            until grep -q 'waiting for' log || [ $turns = 600 ]; do sleep 0.1; turns=$((turns + 1)); done
            mv "$3" "$4"
            exec 9<&-
            wait
            cat log >&2
            """;
        ProcessRun run = _user.Start("/bin/sh", ["-c", play, "sh", NativeExecutable.Runner, way, aside, leavesRecord ? record : aside + ".other"]);
        Assert.Equal("ran\n", run.Output);
        Assert.Matches("waiting for process [0-9]+, at work for [0-9]+ s, to build the environment", run.Error);
        Assert.Equal(leavesRecord, run.Error.Contains("another process has left one meanwhile", StringComparison.Ordinal));
        Assert.Equal(!leavesRecord, run.Error.Contains(" plan: ", StringComparison.Ordinal));
        Assert.True(File.Exists(record));
    }

    [Fact]
    public void A_second_run_starts_no_process_but_Python()
    {
        string strace = Requirement.Tool("strace");
        _user.Write("first.py", "print('first')\n");
        _user.Write("other/second.py", "import greeting, sys\nprint(sys.prefix)\n");
        Assert.Equal(0, _user.Run("first.py").ExitCode);
        string environment = Assert.Single(_user.Environments);
        long inode = Inode(environment);

        string log = _user.Combine("trace");
        ProcessRun run = _user.Start(strace, ["-f", "-e", "trace=process", "-o", log, NativeExecutable.Runner, "other/second.py"]);
        Assert.Equal(environment + "\n", run.Output);
        Assert.Equal(inode, Inode(environment));

        string[] calls = File.ReadAllLines(log);
        string[] programs = [.. calls.Where(call => call.Contains(" execve(", StringComparison.Ordinal))];
        Assert.Equal(2, programs.Length);
        Assert.Contains(NativeExecutable.Runner, programs[0], StringComparison.Ordinal);
        Assert.Contains(environment + "/bin/python3", programs[1], StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => Regex.IsMatch(call, @" (v?fork|clone3?)\(") && !call.Contains("CLONE_THREAD", StringComparison.Ordinal));
    }

    /// <summary>
    /// The bound is what the way needs, with some room for other kernels and C libraries: the start of the runtime is most of it, our own part is what stands behind the first look at a spec. Whoever raises it
    /// states what for.
    /// </summary>
    [Fact]
    public void A_second_run_needs_few_system_calls()
    {
        string strace = Requirement.Tool("strace");
        _user.Write("s.py", "import greeting\n");
        Assert.Equal(0, _user.Run("s.py").ExitCode);
        string log = _user.Combine("trace");
        Assert.Equal(0, _user.Start(strace, ["-f", "-qq", "-o", log, NativeExecutable.Runner, "s.py"]).ExitCode);
        string[] calls = [.. File.ReadAllLines(log).Where(call => !call.Contains("resumed>", StringComparison.Ordinal))];
        int python = Array.FindLastIndex(calls, call => call.Contains(" execve(", StringComparison.Ordinal) && call.Contains("/bin/python3", StringComparison.Ordinal));
        string[] before = calls[..python];
        int first = Array.FindIndex(before, call => call.Contains("s.py", StringComparison.Ordinal) && !call.Contains("execve", StringComparison.Ordinal));
        string[] own = before[first..];
        string told = $"{before.Length} system calls, {own.Length} of our own:\n{string.Join('\n', own)}";
        Assert.True(first > 0, told);
        Assert.True(own.Length <= MostOwnCalls, told);
        Assert.True(before.Length <= MostCalls, told);
        Assert.DoesNotContain(own, call => call.Contains("getdents", StringComparison.Ordinal) || call.Contains("socket(", StringComparison.Ordinal));
    }

    private const int MostOwnCalls = 85;
    private const int MostCalls = 370;

    private long Inode(string path) =>
        long.Parse(_user.Start("/usr/bin/stat", ["-c", "%i", path]).Output, System.Globalization.CultureInfo.InvariantCulture);
}
