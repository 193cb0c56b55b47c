using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>
/// What a script sees under <c>vpython3</c> and under the environment's own Python, started from the same state. The state is prepared by a launcher
/// (<c>Programs/launch.py</c>), the script tells what it sees (<c>Programs/probe.py</c>), and the two have to be equal but for one descriptor.
/// </summary>
public sealed partial class FidelityTests : IDisposable
{
    private static readonly string Programs = Path.Combine(AppContext.BaseDirectory, "Programs");

    private readonly Sandbox _user = new();
    private readonly string _probe;

    public FidelityTests()
    {
        _probe = _user.Combine("work", "probe.py");
        File.Copy(Path.Combine(Programs, "probe.py"), _probe);
    }

    /// <summary>Python that changes the launched process, its <c>arguments</c> and its <c>environment</c>.</summary>
    public static TheoryData<string> States { get; } =
    [
        "pass",
        "arguments += [b'', b'two words', b'\"quoted\"', b\"it's\", b'line\\nbreak', b'tab\\t', b'--', b'-c', b'-vpython-spec', b'*', b'$HOME', b'back\\\\slash']",
        "arguments += [b'\\xff\\xfe', b'caf\\xe9', 'größe'.encode(), b'\\xed\\xa0\\x80', b'\\xf0\\x9f\\x98\\x80', b'\\xc0\\x80']",
        "arguments += [b'x' * 100000]",
        "arguments[1:1] = [b'-X', b'utf8', b'-u', b'-Werror', b'-O', b'-bb']",
        "arguments[1:1] = [b'-I']",
        "arguments[1:1] = [b'--check-hash-based-pycs', b'always']",
        "arguments[1:1] = [b'--']",
        "environment[b'LATIN'] = b'caf\\xe9'; environment[b'N\\xe4me'] = b'\\xff\\xfe'; environment[b'EMPTY'] = b''; environment[b'LINES'] = b'1\\n2'",
        "environment[b'PYTHONHOME'] = b'/nowhere'",
        "environment[b'PYTHONPATH'] = b'/somewhere'; environment[b'PYTHONHASHSEED'] = b'7'; environment[b'Path'] = b'/other'",
        "environment[b'PYTHONNOUSERSITE'] = b''; environment[b'VIRTUAL_ENV'] = b'/another'",
        "environment[b'PATH'] = b'relative:/usr/bin::/b\\xff:/bin:'",
        "import signal; [signal.signal(s, signal.SIG_IGN) for s in (signal.SIGINT, signal.SIGHUP, signal.SIGPIPE)]",
        "import signal; [signal.signal(s, signal.SIG_IGN) for s in (signal.SIGTERM, signal.SIGQUIT, signal.SIGTSTP, signal.SIGCONT, signal.SIGALRM, signal.SIGUSR1)]",
        "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGUSR2})",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())",
        "os.umask(0)",
        "os.umask(0o077)",
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (80, 4000))",
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))",
        "import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); resource.setrlimit(resource.RLIMIT_STACK, (2 ** 20, 2 ** 23))",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (500, 600)); resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))",
        "os.nice(5)",
        "os.setsid()",
        "os.setpgid(0, 0)",
        "os.chdir('/usr')",
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})",
        "import ctypes; ctypes.CDLL(None).prctl(1, 15); ctypes.CDLL(None).prctl(38, 1, 0, 0, 0); ctypes.CDLL(None).prctl(29, 70000)",
        "open('/proc/self/oom_score_adj', 'w').write('300'); open('/proc/self/coredump_filter', 'w').write('0x1')",
        "r, w = os.pipe(); os.dup2(r, 7); os.dup2(w, 9); os.close(r); os.close(w)",
        "os.dup2(os.open('/etc/passwd', os.O_RDONLY), 3); os.dup2(3, 100)",
        "os.close(0)",
        "os.close(2)",
        "os.close(0); os.close(2)",
        "os.set_blocking(0, False)",
    ];

    public void Dispose() => _user.Dispose();

    [Theory]
    [MemberData(nameof(States))]
    public void The_script_sees_what_it_would_see_under_bare_Python(string state)
    {
        // From an empty store first, where threads and child processes were at work before; then from a full one.
        JsonNode cold = Launch(state, NativeExecutable.Runner);
        JsonNode warm = Launch(state, NativeExecutable.Runner);
        Assert.Single(_user.Environments);
        JsonNode bare = Launch(state + "\n" + AsDocumented(_user.Environments[0]), NativeExecutable.Runner);

        Assert.Equal(_user.Environments[0], (string)bare["prefix"]!);
        AssertOnlyALockIsAdded(bare, cold);
        AssertOnlyALockIsAdded(bare, warm);
        Assert.Equal(bare.ToJsonString(), cold.ToJsonString());
        Assert.Equal(bare.ToJsonString(), warm.ToJsonString());
    }

    [Theory]
    [InlineData("[signal.signal(s, signal.SIG_DFL) for s in range(1, 65) if s not in (9, 19, 32, 33)]")]
    [InlineData("signal.signal(signal.SIGPIPE, signal.SIG_IGN)")]
    [InlineData("[signal.signal(s, signal.SIG_IGN) for s in range(1, 65) if s not in (9, 19, 32, 33)]")]
    [InlineData("signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())")]
    [InlineData("signal.pthread_sigmask(signal.SIG_SETMASK, {signal.SIGPIPE, signal.SIGRTMIN, signal.SIGCHLD})")]
    public void Signals_reach_the_program_as_the_caller_left_them(string state)
    {
        // Python changes SIGPIPE itself when it starts, so another program stands in its place and tells.
        // Not SigQ, which counts what is queued for all processes of the user.
        const string onlySignals = "-e '^Sig[A-Z][a-z]' -e ^Umask";
        Assert.Equal(0, _user.Run("-c", "pass").ExitCode);
        string python = Path.Combine(Assert.Single(_user.Environments), "bin", "python3");
        string standIn = _user.WriteExecutable("stand-in", $"#!/bin/sh\nexec /bin/grep {onlySignals} /proc/self/status\n");
        File.Delete(python);
        File.CreateSymbolicLink(python, standIn);

        string preparation = "import signal\n" + state;
        ProcessRun direct = StartLauncher(preparation, python);
        ProcessRun ours = StartLauncher(preparation, NativeExecutable.Runner, "-c", "pass");
        Assert.Contains("SigIgn", direct.Output, StringComparison.Ordinal);
        Assert.Equal(WithoutProcess(direct.Output), WithoutProcess(ours.Output));
        Assert.Equal("", ours.Error);
    }

    /// <summary>The kernel makes no thread for a process in the middle of <c>execve</c>, and the runtime, which may want one at any time, would abort. The C behind the runner, without a runtime.</summary>
    [Fact]
    public void No_thread_is_wanted_in_vain_while_the_process_becomes_another()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("only Linux refuses threads then");
        string program = _user.Combine("threads");
        string[] sources = [Path.Combine(Programs, "threads.c"), Path.Combine(SharedData.ProjectRoot, "src", "Runner", "Execution", "launch_state.c")];
        ProcessRun compiled = _user.Start(Requirement.Tool("cc"), ["-pthread", "-Wl,--wrap=pthread_create", "-o", program, .. sources]);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        for (int turn = 0; turn < 100; turn++) Assert.Equal("No such file or directory\nbecame\n", _user.Start(program, ["/bin/echo", "became"]).Output);
    }

    [Theory]
    [InlineData("import sys; sys.exit(0)", "ended with 0")]
    [InlineData("import sys; sys.exit(1)", "ended with 1")]
    [InlineData("import sys; sys.exit(42)", "ended with 42")]
    [InlineData("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "ended by signal 15")]
    [InlineData("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "ended by signal 9")]
    [InlineData("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "ended by signal 11")]
    [InlineData("import os, signal; signal.signal(signal.SIGINT, signal.SIG_DFL); os.kill(os.getpid(), signal.SIGINT)", "ended by signal 2")]
    public void The_script_ends_the_process(string code, string end)
    {
        ProcessRun run = StartLauncher("import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", NativeExecutable.Runner, "-c", code);
        Assert.EndsWith(end + "\n", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Standard_input_output_and_error_are_the_scripts_own_byte_for_byte()
    {
        byte[] input = new byte[1 << 20];
        new Random(7).NextBytes(input);
        string script = _user.Write(
            "copy.py",
            """
            import hashlib, sys
            data = sys.stdin.buffer.read()
            sys.stdout.write(hashlib.sha256(data).hexdigest())
            sys.stderr.write('only this')
            """);
        foreach (string store in (string[])["empty", "full"])
        {
            ProcessRun run = _user.Start(NativeExecutable.Runner, [script], input);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input)), run.Output);
            Assert.True(run.Error == "only this", $"{store} store: {run.Error}");
        }
    }

    [Fact]
    public void A_program_on_standard_input_runs_whole()
    {
        ProcessRun run = _user.Start(NativeExecutable.Runner, ["-", "one"], "import sys\nprint(sys.argv)\n"u8.ToArray());
        Assert.Equal("['-', 'one']\n", run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void An_inherited_descriptor_still_carries_data()
    {
        ProcessRun run = StartLauncher(
            "r, w = os.pipe(); os.write(w, b'through the pipe'); os.close(w); os.dup2(r, 7); os.close(r)",
            NativeExecutable.Runner, "-c", "import os; print(os.read(7, 100).decode())");
        Assert.StartsWith("through the pipe\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_names_itself_and_comes_first_on_PATH()
    {
        _user.Variables["PYTHONHOME"] = "/nowhere";
        ProcessRun run = _user.Run(
            "-c",
            "import os; print(*(os.environ.get(n) for n in ('PATH', 'VIRTUAL_ENV', 'PYTHONNOUSERSITE', 'PYTHONHOME')), sep='\\n')");
        string environment = Assert.Single(_user.Environments);
        Assert.Equal($"{environment}/bin:/usr/bin:/bin\n{environment}\n1\nNone\n", run.Output);
    }

    [Fact]
    public void Without_PATH_the_environments_directory_is_put_before_the_systems_own()
    {
        Assert.Equal(0, _user.Run("-c", "pass").ExitCode);
        _user.Variables.Remove("PATH");
        _user.Variables["VPYTHON_INTERPRETER"] = Sandbox.Python;
        ProcessRun run = _user.Run("-c", "import os; print(os.environ['PATH'])");
        Assert.Equal($"{Assert.Single(_user.Environments)}/bin:/bin:/usr/bin\n", run.Output);
    }

    /// <summary>Python that makes of a run of ours what it is documented to become: the environment's own Python, with these variables.</summary>
    private static string AsDocumented(string environment) =>
        $"""
        arguments[:1] = [b'{environment}/bin/python3'] + ([] if b'-I' in arguments else [b'-s'])
        environment.pop(b'PYTHONHOME', None)
        environment[b'PYTHONNOUSERSITE'] = b'1'
        environment[b'VIRTUAL_ENV'] = b'{environment}'
        environment[b'PATH'] = b'{environment}/bin:' + environment[b'PATH']
        """;

    private ProcessRun StartLauncher(string preparation, string program, params string[] arguments) =>
        _user.Start(Sandbox.Python, ["-I", Path.Combine(Programs, "launch.py"), preparation, program, .. arguments]);

    /// <summary>Runs the probe; gives what it saw, once its process is known to be the launched one.</summary>
    private JsonNode Launch(string preparation, string program)
    {
        ProcessRun run = StartLauncher(preparation, program, _probe);
        Match launched = LaunchedProcess().Match(run.Output);
        Assert.True(launched.Success && launched.Groups[2].Value == "0", run.Output + run.Error);
        Assert.Equal("", run.Error);
        JsonNode seen = JsonNode.Parse(Pipes().Replace(run.Output[..launched.Index], "pipe"))!;
        Assert.Equal(launched.Groups[1].Value, seen["pid"]!.ToString());
        seen["pid"] = 0;
        return seen;
    }

    private static void AssertOnlyALockIsAdded(JsonNode bare, JsonNode ours)
    {
        JsonObject descriptors = ours["descriptors"]!.AsObject();
        string[] added = [.. descriptors.Select(pair => pair.Key).Except(bare["descriptors"]!.AsObject().Select(pair => pair.Key))];
        string held = Assert.Single(added);
        Assert.EndsWith(".use", (string)descriptors[held]![0]!, StringComparison.Ordinal);
        Assert.True(int.Parse(held, System.Globalization.CultureInfo.InvariantCulture) > 2, $"the lock took the place of standard stream {held}");
        descriptors.Remove(held);
    }

    private static string WithoutProcess(string output) => LaunchedProcess().Replace(output, "");

    [GeneratedRegex(@"launched (\d+)\nended with (\d+)\n$")]
    private static partial Regex LaunchedProcess();

    [GeneratedRegex(@"pipe:\[\d+\]")]
    private static partial Regex Pipes();
}
