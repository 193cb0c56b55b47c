using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>
/// The command line as users type it. The deployed tool has sharp edges here, each of which cost somebody an afternoon; every one that is mended has its test.
/// </summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Greet = "import greeting\nprint(greeting.TEXT)\n";

    private static readonly string Greeting = PackageShelf.Spec.Split('\n')[0] + "\n";

    private readonly Sandbox _user;

    public CommandLineTests(PackageShelf packages) => _user = new Sandbox().With(packages);

    public void Dispose() => _user.Dispose();

    [Fact]
    public void Our_flags_may_follow_those_of_Python()
    {
        string spec = _user.Write("some.spec", Greeting);
        _user.Write("s.py", Greet);
        ProcessRun run = _user.Run("-v", "-vpython-spec", spec, "s.py");
        Assert.Equal("hello\n", run.Output);
        Assert.Contains("import 'greeting'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_options_of_Python_reach_Python_whole()
    {
        ProcessRun help = _user.Run("--help-env");
        Assert.Equal(_user.Start(Sandbox.Python, ["--help-env"]).Output, help.Output);
        Assert.Contains("PYTHONPATH", help.Output, StringComparison.Ordinal);
        ProcessRun check = _user.Run("--check-hash-based-pycs", "always", "-c", "import _imp; print(_imp.check_hash_based_pycs)");
        Assert.Equal("always\n", check.Output);
    }

    [Fact]
    public void A_script_whose_name_looks_like_a_flag_runs_behind_the_separator()
    {
        _user.Write("-x.py", "import sys; print(sys.argv)");
        Assert.Equal("['-x.py', '-v', '--']\n", _user.Run("--", "-x.py", "-v", "--").Output);
    }

    [Fact]
    public void Flags_of_ours_behind_the_script_are_the_scripts()
    {
        _user.Write("s.py", "import sys; print(sys.argv[1:])");
        Assert.Equal("['-vpython-root', 'x', '-help']\n", _user.Run("s.py", "-vpython-root", "x", "-help").Output);
    }

    [Fact]
    public void A_byte_order_mark_before_a_spec_is_nothing()
    {
        _user.Write("s.py", Greet);
        _user.Write("s.py.vpython3", "\uFEFF" + Greeting);
        AssertPrints("hello\n", _user.Run("s.py"));
    }

    [Fact]
    public void A_script_may_come_through_a_pipe()
    {
        AssertPrints("made\n", Bash("""vpython3 <(echo "print('made')")"""));
        AssertPrints("piped\n", Bash("""echo "print('piped')" | vpython3 /dev/stdin"""));
    }

    [Fact]
    public void A_named_spec_may_come_through_a_pipe()
    {
        _user.Write("some.spec", Greeting);
        _user.Write("s.py", Greet);
        AssertPrints("hello\n", Bash("vpython3 -vpython-spec <(cat some.spec) s.py"));
    }

    [Fact]
    public void A_loop_of_links_is_not_called_missing()
    {
        File.CreateSymbolicLink(Path.Combine(_user.Work, "loop.py"), "loop.py");
        AssertFails(_user.Run("loop.py"), "loop.py' is a loop of links");
        AssertFails(_user.Run("-vpython-spec", "loop.py", "-c", "pass"), "loop.py' of -vpython-spec is a loop of links");
    }

    [Fact]
    public void A_working_directory_that_was_removed_is_no_hindrance()
    {
        AssertPrints("there\n", Bash("mkdir gone && cd gone && rmdir ../gone && vpython3 -c \"print('there')\""));
        AssertFails(Bash("mkdir gone && cd gone && rmdir ../gone && vpython3 s.py"), "/s.py' does not exist");
    }

    [Fact]
    public void Guards_with_different_prefixes_are_an_error_at_their_place()
    {
        _user.Write("s.py", "# [VPYTHON:BEGIN]\n# " + Greeting + "#[VPYTHON:END]\n");
        AssertRefused(_user.Run("s.py"), "s.py:3:1: error: ");
    }

    [Fact]
    public void A_docstring_may_end_behind_the_end_guard()
    {
        _user.Write("s.py", "\"\"\"\n[VPYTHON:BEGIN]\n" + Greeting + "[VPYTHON:END]\"\"\"\n" + Greet);
        AssertPrints("hello\n", _user.Run("s.py"));
    }

    [Fact]
    public void A_block_is_found_behind_an_empty_one()
    {
        _user.Write("s.py", "# [VPYTHON:BEGIN]\n# [VPYTHON:END]\n# [VPYTHON:BEGIN]\n# " + Greeting + "# [VPYTHON:END]\n" + Greet);
        AssertPrints("hello\n", _user.Run("s.py"));
    }

    [Fact]
    public void Long_lines_hide_nothing()
    {
        string table = "# " + new string('x', 100_000) + "\n";
        _user.Write("s.py", table + "# [VPYTHON:BEGIN]\n# " + Greeting + "# [VPYTHON:END]\n" + table + Greet);
        _user.Write("plain.py", table + "print('plain')\n");
        AssertPrints("hello\n", _user.Run("s.py"));
        AssertPrints("plain\n", _user.Run("plain.py"));
    }

    [Fact]
    public void A_directory_has_the_spec_beside_it_or_in_its_main_module()
    {
        _user.Write("beside/__main__.py", Greet);
        _user.Write("beside.vpython3", Greeting);
        _user.Write("inside/__main__.py", "# [VPYTHON:BEGIN]\n# " + Greeting + "# [VPYTHON:END]\n" + Greet);
        AssertPrints("hello\n", _user.Run("beside"));
        AssertPrints("hello\n", _user.Run("inside/"));
    }

    [Fact]
    public void A_directory_with_the_name_of_a_spec_is_passed_over()
    {
        _user.Write("deep/er/s.py", Greet);
        Directory.CreateDirectory(Path.Combine(_user.Work, "deep", "er", ".vpython3"));
        Directory.CreateDirectory(Path.Combine(_user.Work, "deep", "er", "s.py.vpython3"));
        _user.Write("deep/.vpython3", Greeting);
        AssertPrints("hello\n", _user.Run("deep/er/s.py"));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("3.11")]
    [InlineData("3.11.2")]
    public void A_version_may_have_one_number_or_more(string precision)
    {
        string version = _user.Start(Sandbox.Python, ["-c", "import platform; print(platform.python_version(), end='')"]).Output;
        string asked = string.Join('.', version.Split('.').Take(precision.Split('.').Length));
        _user.Write(".vpython3", $"python_version: \"{asked}\"\n");
        AssertPrints(version + "\n", _user.Run("-c", "import platform; print(platform.python_version())"));
    }

    [Fact]
    public void A_version_that_nobody_has_lists_who_was_asked()
    {
        _user.Write(".vpython3", "python_version: \"3.99\"\n");
        ProcessRun run = _user.Run("-c", "pass");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("3.99", run.Error, StringComparison.Ordinal);
        string version = _user.Start(Sandbox.Python, ["-c", "import platform; print(platform.python_version(), end='')"]).Output;
        Assert.Contains($"{Sandbox.Python} (Python {version}) is not the version asked for, 3.99", run.Error, StringComparison.Ordinal);
        Assert.Empty(_user.Environments);
    }

    [Fact]
    public void A_version_that_is_none_is_an_error_at_its_place()
    {
        _user.Write(".vpython3", "# A comment.\npython_version: \"../..\"\n");
        AssertRefused(_user.Run("-c", "pass"), ".vpython3:2:17: error: ");
    }

    [Fact]
    public void Order_comments_duplicates_proxies_and_place_do_not_make_another_environment()
    {
        string[] lines = PackageShelf.Spec.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _user.Write("a/s.py", Greet);
        _user.Write("a/s.py.vpython3", PackageShelf.Spec);
        _user.Write("b/t.py", "# [VPYTHON:BEGIN]\n# # Other words.\n# " + lines[1] + "\n# " + lines[0] + "\n# [VPYTHON:END]\n" + Greet);
        AssertPrints("hello\n", _user.Run("a/s.py"));
        string environment = Assert.Single(_user.Environments);
        _user.Variables["HTTPS_PROXY"] = "http://proxy.example:3128";
        _user.Variables["SSL_CERT_FILE"] = "/etc/other.pem";
        AssertPrints("hello\n", _user.Run("b/t.py"));
        Assert.Equal([environment], _user.Environments);
    }

    [Fact]
    public void Nothing_of_the_callers_environment_is_kept()
    {
        const string canary = "canary-4f1d9a";
        _user.Variables["SECRET_TOKEN"] = canary;
        _user.Variables["HTTPS_PROXY"] = $"http://user:{canary}@proxy.example:3128";
        _user.Variables["PATH"] = $"/opt/{canary}/bin:{_user.Variables["PATH"]}";
        _user.Write(".vpython3", Greeting);
        AssertPrints("hello\n", _user.Run("-vpython-log-level", "error", "-c", Greet));
        Assert.Contains(canary, _user.Run("-c", "import os; print(os.environ['SECRET_TOKEN'])").Output, StringComparison.Ordinal);
        ProcessRun search = _user.Start("/bin/grep", ["-rlF", canary, _user.Root, _user.Home, _user.Temporary]);
        Assert.Equal("", search.Output);
        Assert.Equal(1, search.ExitCode);
        Assert.NotEmpty(_user.Environments);
    }

    [Fact]
    public void Nothing_is_left_in_the_temporary_directory_or_at_home()
    {
        _user.Write("good/.vpython3", Greeting);
        _user.Write("good/s.py", Greet);
        _user.Write("bad/.vpython3", "wheel: < name: \"test/missing\" version: \"version:1\" >\n");
        _user.Write("bad/s.py", Greet);
        Assert.Equal(0, _user.Run("good/s.py").ExitCode);
        Assert.Equal(1, _user.Run("bad/s.py").ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(_user.Temporary));
        Assert.Empty(Directory.GetFileSystemEntries(_user.Home));
    }

    [Fact]
    public void Lock_files_stay_the_same_files()
    {
        _user.Write(".vpython3", Greeting);
        Assert.Equal(0, _user.Run("-c", "pass").ExitCode);
        string[] before = Locks();
        Assert.Equal(2, before.Length);
        Directory.Delete(Assert.Single(_user.Environments), recursive: true);
        AssertPrints("hello\n", _user.Run("-c", Greet));
        Assert.Equal(before, Locks());

        string[] Locks() => _user.Start("/usr/bin/find", [Path.Combine(_user.Root, "v1", "locks"), "-type", "f", "-printf", "%i %p\n"])
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Help_and_version_need_no_store()
    {
        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = "/proc/nowhere";
        string version = _user.Start(Sandbox.Python, ["--version"]).Output;
        AssertPrints(version, _user.Run("--version"));
        AssertPrints(version, _user.Run("-V"));
        ProcessRun help = _user.Run("-help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("-vpython-spec", help.Output, StringComparison.Ordinal);
        Assert.EndsWith(_user.Start(Sandbox.Python, ["-h"]).Output.Split('\n', 2)[1], help.Output, StringComparison.Ordinal);

        ProcessRun run = _user.Run("-c", "pass");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: the environment root '/proc/nowhere' cannot be used: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_make_no_environment()
    {
        foreach (string question in (string[])["--version", "-VV", "-help", "-h", "--help-env", "-?"]) Assert.Equal(0, _user.Run(question).ExitCode);
        Assert.Empty(_user.Environments);
        Assert.Empty(_user.Unfinished);
    }

    [Fact]
    public void Bypass_is_as_if_we_were_not_there()
    {
        const string code =
            "import json, os, sys; print(json.dumps([sys.argv, sys.orig_argv, repr(sys.flags), sys.prefix, sys.executable, sorted(os.environ.items())]))";
        _user.Write(".vpython3", "this is no spec");
        _user.Variables["VPYTHON_BYPASS"] = "manually managed python not supported by chrome operations";
        _user.Variables["PYTHONDONTWRITEBYTECODE"] = "";
        string[] arguments = ["-X", "utf8", "-c", code, "", "two words", "-vpython-spec"];
        ProcessRun bare = _user.Start(Sandbox.Python, arguments);
        AssertPrints(bare.Output, _user.Run(["-vpython-log-level=debug", .. arguments]));
        AssertPrints("", _user.Run("-vpython-tool", "install"));
        Assert.False(Directory.Exists(_user.Root));

        _user.Variables["VPYTHON_BYPASS"] = "yes";
        Assert.Equal(1, _user.Run("-c", "pass").ExitCode);
    }

    [Fact]
    public void Nested_runs_do_not_pile_up_on_PATH()
    {
        const string nest =
            """
            import os, subprocess, sys
            print(os.environ['PATH'])
            sys.stdout.flush()
            depth = int(sys.argv[2])
            if depth:
                subprocess.run([sys.argv[1], f'{depth}.py', sys.argv[1], str(depth - 1)], check=True)
            """;
        _user.Write("3.py", nest);
        _user.Write("2.py", nest);
        _user.Write("2.py.vpython3", Greeting);
        _user.Write("1.py", nest);
        ProcessRun run = _user.Run("3.py", NativeExecutable.Runner, "2");
        Assert.True(run.ExitCode == 0, run.Error);
        string[] paths = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, paths.Length);
        Assert.Equal(2, _user.Environments.Length);
        Assert.Equal(paths[0], paths[2]);
        Assert.NotEqual(paths[0], paths[1]);
        Assert.All(paths, path =>
        {
            Assert.Equal("/usr/bin:/bin", path.Split(':', 2)[1]);
            Assert.Contains(path.Split(':')[0], _user.Environments.Select(environment => environment + "/bin"));
        });
    }

    [Fact]
    public void A_verb_gives_way_to_a_file_of_its_name()
    {
        Assert.Contains("kind", _user.Run("which").Output, StringComparison.Ordinal);
        _user.Write("which", "print('a script')\n");
        AssertPrints("a script\n", _user.Run("which"));
        Assert.Contains("kind", _user.Run("-vpython-tool", "which").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_does_not_exist_is_named_with_those_that_do()
    {
        ProcessRun run = _user.Run("-vpython-tool", "unknown", "s.py");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown", run.Error, StringComparison.Ordinal);
        foreach (string verb in (string[])["install", "which", "show", "package"]) Assert.Contains(verb, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void The_tool_show_prints_a_spec()
    {
        string spec = _user.Write("s.spec.vpython3", Greeting);
        ProcessRun run = _user.Run("-vpython-tool", "show", "--format", "json", spec);
        Assert.Equal("test/greeting", (string)JsonNode.Parse(run.Output)!["wheel"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("-vpython-tool")]
    public void What_is_installed_runs_without_its_packages(string form)
    {
        string[] install = form == "install" ? ["install", "s.py"] : ["-vpython-tool", "install", "s.py"];
        _user.Write("s.py", Greet);
        _user.Write("s.py.vpython3", Greeting);
        string packages = _user.Combine("packages");
        Assert.Equal(0, _user.Start("/bin/cp", ["-a", _user.Variables["VPYTHON_PACKAGES"]!, packages]).ExitCode);
        _user.Variables["VPYTHON_PACKAGES"] = packages;

        Assert.False(IsReady());
        AssertPrints("", _user.Run(install));
        Assert.True(IsReady());
        Directory.Delete(packages, recursive: true);
        AssertPrints("hello\n", _user.Run("s.py"));

        bool IsReady() => (bool)JsonNode.Parse(_user.Run("which", "--json", "s.py").Output)!["environment"]!["ready"]!;
    }

    [Fact]
    public void Which_tells_the_truth_about_the_run_that_follows()
    {
        _user.Write("s.py", "import sys\nprint(sys.prefix)\nprint(sys._base_executable)\n");
        string spec = _user.Write(".vpython3", PackageShelf.Spec);
        JsonNode told = JsonNode.Parse(_user.Run("which", "--json", "s.py").Output)!;
        Assert.Empty(_user.Environments);
        ProcessRun run = _user.Run("s.py");
        Assert.Equal(spec, (string)told["spec"]!["path"]!);
        Assert.Equal("common", (string)told["spec"]!["kind"]!);
        Assert.Equal(["test/farewell", "test/greeting"], told["packages"]!.AsArray().Select(package => (string)package!["name"]!).Order());
        Assert.Equal((string)told["environment"]!["path"]!, run.Output.Split('\n')[0]);
    }

    [Theory]
    [InlineData("s.py.vpython3", "wheel: < nome: \"x\" >\n", "s.py.vpython3:1:10: error: ")]
    [InlineData(".vpython3", "\n\npython_version: 3\n", ".vpython3:3:17: error: ")]
    [InlineData("s.py", "# [VPYTHON:BEGIN]\n# wheel: <\n# [VPYTHON:END]\nprint('ran')\n", "s.py:")]
    public void A_broken_spec_stops_the_run_though_another_one_is_near(string file, string content, string error)
    {
        _user.Write("s.py", "print('ran')\n");
        _user.Write("../work/.vpython3", Greeting);
        _user.Variables["VPYTHON_DEFAULT_SPEC"] = _user.Write("default.vpython3", Greeting);
        _user.Write(file, content);
        AssertRefused(_user.Run("s.py"), error);
    }

    [Fact]
    public void The_default_spec_counts_where_nothing_else_does()
    {
        _user.Variables["VPYTHON_DEFAULT_SPEC"] = _user.Write("elsewhere/default.vpython3", Greeting);
        _user.Write("s.py", Greet);
        AssertPrints("hello\n", _user.Run("s.py"));
        _user.Write("s.py.vpython3", "");
        Assert.Contains("No module named 'greeting'", _user.Run("s.py").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_default_spec_fails_only_who_needs_it()
    {
        string broken = _user.Write("elsewhere/default.vpython3", "wheel <\n");
        _user.Variables["VPYTHON_DEFAULT_SPEC"] = broken;
        _user.Write("needs/s.py", Greet);
        _user.Write("has/s.py", Greet);
        _user.Write("has/s.py.vpython3", Greeting);
        AssertRefused(_user.Run("needs/s.py"), "elsewhere/default.vpython3:");
        AssertPrints("hello\n", _user.Run("has/s.py"));
    }

    [Fact]
    public void The_trace_goes_to_standard_error_and_the_flag_wins()
    {
        _user.Variables["VPYTHON_LOG_TRACE"] = "1";
        ProcessRun traced = _user.Run("-c", "print('out')");
        Assert.Equal("out\n", traced.Output);
        Assert.Contains("vpython3: debug: ", traced.Error, StringComparison.Ordinal);
        AssertPrints("out\n", _user.Run("-vpython-log-level", "error", "-c", "print('out')"));
    }

    [Fact]
    public void The_time_of_each_step_is_told_to_who_asks()
    {
        _user.Write("s.py", "print('out')\n");
        _user.Variables["VPYTHON_TIMINGS"] = "times.json";
        Assert.Equal(["start", "spec", "warm record", "plan", "environment", "execute"], Steps());
        Assert.Equal(["start", "spec", "warm record", "execute"], Steps());
        _user.Variables["VPYTHON_TIMINGS"] = "/nowhere/times.json";
        ProcessRun run = _user.Run("s.py");
        Assert.Equal("out\n", run.Output);
        Assert.Contains("warning: the timings cannot be written to '/nowhere/times.json': its directory does not exist [VPY3046]", run.Error, StringComparison.Ordinal);

        string[] Steps()
        {
            AssertPrints("out\n", _user.Run("s.py"));
            using var times = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(_user.Combine("work", "times.json")));
            System.Text.Json.JsonElement[] steps = [.. times.RootElement.GetProperty("steps").EnumerateArray()];
            Assert.All(steps, step => Assert.True(step.GetProperty("ms").GetDouble() >= 0));
            Assert.Equal(steps.Sum(step => step.GetProperty("ms").GetDouble()), times.RootElement.GetProperty("total_ms").GetDouble(), tolerance: 0.01);
            return [.. steps.Select(step => step.GetProperty("name").GetString()!)];
        }
    }

    [Fact]
    public void The_times_never_go_to_standard_output_nor_wait_for_a_reader()
    {
        _user.Write("s.py", "print('out')\n");
        string pipe = _user.Combine("work", "pipe");
        Assert.Equal(0, ProcessRun.Of("mkfifo", [pipe]).ExitCode);
        foreach (string refused in (string[])[pipe, "/dev/stdout", "/dev/fd/1", _user.Combine("work")])
        {
            _user.Variables["VPYTHON_TIMINGS"] = refused;
            ProcessRun run = _user.Run("s.py");
            Assert.Equal("out\n", run.Output);
            Assert.Contains($"warning: the timings cannot be written to '{refused}': it is ", run.Error, StringComparison.Ordinal);
            Assert.Contains("[VPY3046]\n  next: ", run.Error, StringComparison.Ordinal);
        }
        _user.Variables["VPYTHON_TIMINGS"] = "/dev/stderr";
        ProcessRun told = _user.Run("s.py");
        Assert.Equal("out\n", told.Output);
        Assert.StartsWith("{\n  \"version\": 1,", told.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VPYTHON_LINK_MODE", "foo", "VPY3045")]
    [InlineData("VPYTHON_STRICT", "foo", "VPY3047")]
    public void A_setting_without_a_meaning_is_told_whether_or_not_something_is_built(string variable, string value, string code)
    {
        AssertPrints("out\n", _user.Run("-c", "print('out')"));
        _user.Variables[variable] = value;
        AssertPrints("out\n", _user.Run("-c", "print('out')"));
        foreach (string record in Directory.EnumerateFiles(_user.Combine("root", "v1", "warm"))) File.Delete(record);
        ProcessRun run = _user.Run("-c", "print('out')");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {variable} is '{value}', ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"[{code}]\n  next: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-vpython-spec")]
    [InlineData("-vpython-unknown=1")]
    [InlineData("-vpython-log-level=loud")]
    public void A_wrong_flag_of_ours_is_an_error_that_names_it(string flag)
    {
        ProcessRun run = _user.Run(flag);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(flag.Split('=')[0], run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void Commands_of_packages_are_on_the_scripts_PATH()
    {
        _user.Write(".vpython3", Greeting);
        AssertPrints("hello\n", _user.Run("-c", "import subprocess; subprocess.run(['greet'], check=True)"));
    }

    [Fact]
    public void A_store_that_may_only_be_read_is_good_for_running()
    {
        string script = _user.Write("s.py", Greet);
        _user.Write("s.py.vpython3", Greeting);
        string program = _user.Combine("program", "vpython3");
        Directory.CreateDirectory(_user.Combine("program"));
        File.Copy(NativeExecutable.Runner, program);
        Assert.Equal(0, _user.Start(program, ["s.py"]).ExitCode);
        Assert.Equal(0, _user.Start("/bin/chmod", ["-R", "a-w,a+rX", _user.Combine()]).ExitCode);
        string[] before = Entries();
        ProcessRun run = _user.Start(
            Sandbox.Python,
            [
                "-c",
                "import os, sys\nif os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\nos.execv(sys.argv[1], sys.argv[1:])",
                program,
                script,
            ]);
        AssertPrints("hello\n", run);
        Assert.Equal(before, Entries());

        string[] Entries() => [.. Directory.EnumerateFileSystemEntries(_user.Root, "*", SearchOption.AllDirectories).Order()];
    }

    /// <summary>Runs a command line of the shell's in which <c>vpython3</c> is ours.</summary>
    private ProcessRun Bash(string command) =>
        _user.Start("/bin/bash", ["-c", "vpython3() { '" + NativeExecutable.Runner + "' \"$@\"; }; " + command]);

    private static void AssertFails(ProcessRun run, string reason)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private static void AssertPrints(string expected, ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(expected, run.Output);
        Assert.Equal("", run.Error);
    }

    /// <summary>The run ended before Python, with an error at this place below the working directory.</summary>
    private void AssertRefused(ProcessRun run, string error)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        string shown = run.Error.StartsWith(_user.Work, StringComparison.Ordinal) ? run.Error[(_user.Work.Length + 1)..] : run.Error;
        Assert.StartsWith(error, shown, StringComparison.Ordinal);
        Assert.Matches("^[^:]+:[1-9][0-9]*:[1-9][0-9]*: error: ", shown);
        Assert.Empty(_user.Environments);
    }
}
