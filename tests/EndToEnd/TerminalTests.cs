using System.Text.Json;
using VPythonTools.CipdServer;
using VPythonTools.EndToEnd.Cipd;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>What a person at a terminal sees and can do, on real pseudo-terminals.</summary>
public sealed class TerminalTests(PackageShelf packages) : IDisposable
{
    private static readonly string Driver = Path.Combine(AppContext.BaseDirectory, "Programs", "terminal.py");

    private readonly Sandbox _user = new Sandbox().With(packages);

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Ctrl_C_is_the_scripts()
    {
        _user.Write("s.py", "import time\ntry:\n    print('ready', flush=True)\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('caught', flush=True)\n    raise\n");
        (string[] said, string _) = Play("expect('ready'); type_keys('\\x03'); expect('caught'); print(ended())", NativeExecutable.Runner, "s.py");
        Assert.Equal(["signal 2"], said);
    }

    [Fact]
    public void Ctrl_backslash_and_the_end_of_input_are_the_scripts()
    {
        _user.Write("s.py", "import sys\nprint('ready', flush=True)\nprint('read', repr(sys.stdin.read()), flush=True)\n");
        Assert.Equal(["exit 0"], Play("expect('ready'); type_keys('\\x04'); expect(\"read ''\"); print(ended())", NativeExecutable.Runner, "s.py").Said);
        Assert.Equal(["signal 3"], Play("expect('ready'); type_keys('\\x1c'); print(ended())", NativeExecutable.Runner, "s.py").Said);
    }

    /// <summary>Ctrl-Z is for jobs of a shell: the kernel stops no process whose session has nobody to start it again.</summary>
    [Fact]
    public void A_shell_with_job_control_handles_a_run_like_any_job()
    {
        _user.Write("s.py", "import sys\nprint('rea' + 'dy', flush=True)\nprint('got', sys.stdin.readline().strip(), flush=True)\n");
        string play = $$"""
            expect('$ '); type_keys('{{NativeExecutable.Runner}} s.py\n'); expect('ready'); type_keys('\x1a'); expect('Stopped')
            type_keys('jobs\n'); expect('s.py'); type_keys('fg\n'); expect('s.py'); type_keys('word\n'); expect('got word')
            type_keys('{{NativeExecutable.Runner}} -c "raise SystemExit(7)"; echo code=$?\n'); expect('code=7'); type_keys('exit 0\n'); print(ended())
            """;
        _user.Variables["PS1"] = "$ ";
        Assert.Equal(["exit 0"], Play(play, "/bin/bash", "--norc", "--noprofile", "-i").Said);
    }

    [Fact]
    public void The_terminal_is_as_the_caller_left_it()
    {
        _user.Write("s.py", "import os, termios\nprint(termios.tcgetattr(0), os.isatty(0), os.isatty(1), os.isatty(2), os.getpgrp() == os.tcgetpgrp(0), os.get_terminal_size())\n");
        string bare = Screen(Play("print(ended())", Sandbox.Python, "s.py").Terminal);
        Assert.Equal(bare, Screen(Play("print(ended())", NativeExecutable.Runner, "s.py").Terminal));
        Assert.Equal(bare, Screen(Play("print(ended())", NativeExecutable.Runner, "s.py").Terminal));
    }

    [Fact]
    public async Task What_is_fetched_and_built_is_shown_and_vanishes()
    {
        await using ServiceUser service = await ServiceUser.StartAsync(packages.Location);
        Knob.All.Single(knob => knob.Flag == "--blob-delay").Set(service.Server.Faults, "1:2");
        (string[] said, string terminal) = Play(service.Sandbox, "print(ended())", NativeExecutable.Runner, "s.py");
        Assert.Equal(["exit 0"], said);
        Assert.Contains("vpython3: building an environment: 0 of 2 packages", terminal, StringComparison.Ordinal);
        Assert.Equal("hello goodbye", Screen(terminal));
        string[] drawn = terminal.Split("\r\u001b[K");
        Assert.DoesNotContain(drawn.Zip(drawn.Skip(1)), two => two.First.Length > 0 && two.First == two.Second);
    }

    [Fact]
    public void Who_waits_is_told_who_builds()
    {
        _user.Run("-c", "pass");
        string environment = Assert.Single(_user.Environments);
        string id = Path.GetFileName(environment);
        Directory.Delete(environment, recursive: true);
        Directory.CreateDirectory(_user.Combine("root", "v1", "building", $"{id}.4711.0"));
        // What is typed is not to be seen: its end of line would move the screen on under the line that vanishes.
        _user.Write("wait.sh", $$"""
            stty -echo
            exec 9< {{_user.Combine("root", "v1", "locks", id + ".build")}}
            flock 9
            echo locked
            (exec 9<&-; exec {{NativeExecutable.Runner}} -c 'print("ran")') &
            read line
            exec 9<&-
            wait

            """);
        (string[] said, string terminal) = Play(_user, "expect('locked'); expect('waiting for process 4711, at work for '); expect(' s, to build'); type_keys('go\\n'); print(ended())", "/bin/bash", "wait.sh");
        Assert.Equal(["exit 0"], said);
        Assert.Contains("ran", Screen(terminal), StringComparison.Ordinal);
        Assert.DoesNotContain("waiting", Screen(terminal), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_shown_when_the_environment_is_there()
    {
        Play("print(ended())", NativeExecutable.Runner, "-c", "print('a')");
        Assert.Equal("a\r\n", Play("print(ended())", NativeExecutable.Runner, "-c", "print('a')").Terminal);
    }

    private (string[] Said, string Terminal) Play(string play, string program, params string[] arguments) => Play(_user, play, program, arguments);

    private static (string[] Said, string Terminal) Play(Sandbox user, string play, string program, params string[] arguments)
    {
        ProcessRun run = user.Start(Sandbox.Python, ["-I", Driver, play, program, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines[..^1], JsonSerializer.Deserialize<string>(lines[^1])!);
    }

    /// <summary>What is left on the screen: lines that were erased are gone.</summary>
    private static string Screen(string terminal) => string.Join('\n', terminal.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line =>
    {
        int erased = line.LastIndexOf("\e[K", StringComparison.Ordinal);
        return erased < 0 ? line : line[(erased + 3)..];
    })).Trim();
}
