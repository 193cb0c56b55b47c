using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>
/// The command line as users type it. The deployed tool has sharp edges here, each of which cost somebody an afternoon; every one that is mended has its test.
/// </summary>
public sealed class CommandLineTests(PackageShelf packages) : RunTest(packages)
{
    [Fact]
    public void Our_flags_may_follow_those_of_Python()
    {
        string spec = User.Write("some.spec", Greeting);
        User.Write("s.py", Greet);
        ProcessRun run = User.Run("-v", "-vpython-spec", spec, "s.py");
        Assert.Equal("hello\n", run.Output);
        Assert.Contains("import 'greeting'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_options_of_Python_reach_Python_whole()
    {
        ProcessRun help = User.Run("--help-env");
        Assert.Equal(User.Start(Sandbox.Python, ["--help-env"]).Output, help.Output);
        Assert.Contains("PYTHONPATH", help.Output, StringComparison.Ordinal);
        ProcessRun check = User.Run("--check-hash-based-pycs", "always", "-c", "import _imp; print(_imp.check_hash_based_pycs)");
        Assert.Equal("always\n", check.Output);
    }

    [Fact]
    public void A_script_whose_name_looks_like_a_flag_runs_behind_the_separator()
    {
        User.Write("-x.py", "import sys; print(sys.argv)");
        Assert.Equal("['-x.py', '-v', '--']\n", User.Run("--", "-x.py", "-v", "--").Output);
    }

    [Fact]
    public void Flags_of_ours_behind_the_script_are_the_scripts()
    {
        User.Write("s.py", "import sys; print(sys.argv[1:])");
        Assert.Equal("['-vpython-root', 'x', '-help']\n", User.Run("s.py", "-vpython-root", "x", "-help").Output);
    }

    [Fact]
    public void A_working_directory_that_was_removed_is_no_hindrance()
    {
        AssertPrints("there\n", Bash("mkdir gone && cd gone && rmdir ../gone && vpython3 -c \"print('there')\""));
        AssertFails(Bash("mkdir gone && cd gone && rmdir ../gone && vpython3 s.py"), "/s.py' does not exist");
    }

    [Theory]
    [InlineData("3")]
    [InlineData("3.11")]
    [InlineData("3.11.2")]
    public void A_version_may_have_one_number_or_more(string precision)
    {
        string version = User.Start(Sandbox.Python, ["-c", "import platform; print(platform.python_version(), end='')"]).Output;
        string asked = string.Join('.', version.Split('.').Take(precision.Split('.').Length));
        User.Write(".vpython3", $"python_version: \"{asked}\"\n");
        AssertPrints(version + "\n", User.Run("-c", "import platform; print(platform.python_version())"));
    }

    [Fact]
    public void A_version_that_nobody_has_lists_who_was_asked()
    {
        User.Write(".vpython3", "python_version: \"3.99\"\n");
        ProcessRun run = User.Run("-c", "pass");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("3.99", run.Error, StringComparison.Ordinal);
        string version = User.Start(Sandbox.Python, ["-c", "import platform; print(platform.python_version(), end='')"]).Output;
        Assert.Contains($"{Sandbox.Python} (Python {version}) is not the version asked for, 3.99", run.Error, StringComparison.Ordinal);
        Assert.Empty(User.Environments);
    }

    [Fact]
    public void A_version_that_is_none_is_an_error_at_its_place()
    {
        User.Write(".vpython3", "# A comment.\npython_version: \"../..\"\n");
        AssertRefused(User.Run("-c", "pass"), ".vpython3:2:17: error: ");
    }

    [Fact]
    public void Order_comments_duplicates_proxies_and_place_do_not_make_another_environment()
    {
        string[] lines = PackageShelf.Spec.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        User.Write("a/s.py", Greet);
        User.Write("a/s.py.vpython3", PackageShelf.Spec);
        User.Write("b/t.py", "# [VPYTHON:BEGIN]\n# # Other words.\n# " + lines[1] + "\n# " + lines[0] + "\n# [VPYTHON:END]\n" + Greet);
        AssertPrints("hello\n", User.Run("a/s.py"));
        string environment = Assert.Single(User.Environments);
        User.Variables["HTTPS_PROXY"] = "http://proxy.example:3128";
        User.Variables["SSL_CERT_FILE"] = "/etc/other.pem";
        AssertPrints("hello\n", User.Run("b/t.py"));
        Assert.Equal([environment], User.Environments);
    }

    [Fact]
    public void Nothing_of_the_callers_environment_is_kept()
    {
        const string canary = "canary-4f1d9a";
        User.Variables["SECRET_TOKEN"] = canary;
        User.Variables["HTTPS_PROXY"] = $"http://user:{canary}@proxy.example:3128";
        User.Variables["PATH"] = $"/opt/{canary}/bin:{User.Variables["PATH"]}";
        User.Write(".vpython3", Greeting);
        AssertPrints("hello\n", User.Run("-vpython-log-level", "error", "-c", Greet));
        Assert.Contains(canary, User.Run("-c", "import os; print(os.environ['SECRET_TOKEN'])").Output, StringComparison.Ordinal);
        ProcessRun search = User.Start("/bin/grep", ["-rlF", canary, User.Root, User.Home, User.Temporary]);
        Assert.Equal("", search.Output);
        Assert.Equal(1, search.ExitCode);
        Assert.NotEmpty(User.Environments);
    }

    [Fact]
    public void Nothing_is_left_in_the_temporary_directory_or_at_home()
    {
        User.Write("good/.vpython3", Greeting);
        User.Write("good/s.py", Greet);
        User.Write("bad/.vpython3", "wheel: < name: \"test/missing\" version: \"version:1\" >\n");
        User.Write("bad/s.py", Greet);
        Assert.Equal(0, User.Run("good/s.py").ExitCode);
        Assert.Equal(1, User.Run("bad/s.py").ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(User.Temporary));
        Assert.Empty(Directory.GetFileSystemEntries(User.Home));
    }

    [Fact]
    public void Lock_files_stay_the_same_files()
    {
        User.Write(".vpython3", Greeting);
        Assert.Equal(0, User.Run("-c", "pass").ExitCode);
        string[] before = Locks();
        Assert.Equal(3, before.Length);
        Directory.Delete(Assert.Single(User.Environments), recursive: true);
        AssertPrints("hello\n", User.Run("-c", Greet));
        Assert.Equal(before, Locks());

        string[] Locks() => User.Start("/usr/bin/find", [Path.Combine(User.Root, "v1", "locks"), "-type", "f", "-printf", "%i %p\n"])
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Help_and_version_need_no_store()
    {
        User.Variables["VPYTHON_VIRTUALENV_ROOT"] = "/proc/nowhere";
        string version = User.Start(Sandbox.Python, ["--version"]).Output;
        AssertPrints(version, User.Run("--version"));
        AssertPrints(version, User.Run("-V"));
        ProcessRun help = User.Run("-help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("-vpython-spec", help.Output, StringComparison.Ordinal);
        Assert.EndsWith(User.Start(Sandbox.Python, ["-h"]).Output.Split('\n', 2)[1], help.Output, StringComparison.Ordinal);

        ProcessRun run = User.Run("-c", "pass");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: the environment root '/proc/nowhere' cannot be used: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_make_no_environment()
    {
        foreach (string question in (string[])["--version", "-VV", "-help", "-h", "--help-env", "-?"]) Assert.Equal(0, User.Run(question).ExitCode);
        Assert.Empty(User.Environments);
        Assert.Empty(User.Unfinished);
    }

    [Fact]
    public void Bypass_is_as_if_we_were_not_there()
    {
        const string code =
            "import json, os, sys; print(json.dumps([sys.argv, sys.orig_argv, repr(sys.flags), sys.prefix, sys.executable, sorted(os.environ.items())]))";
        User.Write(".vpython3", "this is no spec");
        User.Variables["VPYTHON_BYPASS"] = "manually managed python not supported by chrome operations";
        User.Variables["PYTHONDONTWRITEBYTECODE"] = "";
        string[] arguments = ["-X", "utf8", "-c", code, "", "two words", "-vpython-spec"];
        ProcessRun bare = User.Start(Sandbox.Python, arguments);
        AssertPrints(bare.Output, User.Run(["-vpython-log-level=debug", .. arguments]));
        AssertPrints("", User.Run("-vpython-tool", "install"));
        Assert.False(Directory.Exists(User.Root));

        User.Variables["VPYTHON_BYPASS"] = "yes";
        Assert.Equal(1, User.Run("-c", "pass").ExitCode);
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
        User.Write("3.py", nest);
        User.Write("2.py", nest);
        User.Write("2.py.vpython3", Greeting);
        User.Write("1.py", nest);
        ProcessRun run = User.Run("3.py", NativeExecutable.Runner, "2");
        Assert.True(run.ExitCode == 0, run.Error);
        string[] paths = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, paths.Length);
        Assert.Equal(2, User.Environments.Length);
        Assert.Equal(paths[0], paths[2]);
        Assert.NotEqual(paths[0], paths[1]);
        Assert.All(paths, path =>
        {
            Assert.Equal("/usr/bin:/bin", path.Split(':', 2)[1]);
            Assert.Contains(path.Split(':')[0], User.Environments.Select(environment => environment + "/bin"));
        });
    }

    [Fact]
    public void A_verb_gives_way_to_a_file_of_its_name()
    {
        Assert.Contains("kind", User.Run("which").Output, StringComparison.Ordinal);
        User.Write("which", "print('a script')\n");
        AssertPrints("a script\n", User.Run("which"));
        Assert.Contains("kind", User.Run("-vpython-tool", "which").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_does_not_exist_is_named_with_those_that_do()
    {
        ProcessRun run = User.Run("-vpython-tool", "unknown", "s.py");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown", run.Error, StringComparison.Ordinal);
        foreach (string verb in (string[])["install", "which", "show", "package"]) Assert.Contains(verb, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void The_tool_show_prints_a_spec()
    {
        string spec = User.Write("s.spec.vpython3", Greeting);
        ProcessRun run = User.Run("-vpython-tool", "show", "--format", "json", spec);
        Assert.Equal("test/greeting", (string)JsonNode.Parse(run.Output)!["wheel"]![0]!["name"]!);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("-vpython-tool")]
    public void What_is_installed_runs_without_its_packages(string form)
    {
        string[] install = form == "install" ? ["install", "s.py"] : ["-vpython-tool", "install", "s.py"];
        User.Write("s.py", Greet);
        User.Write("s.py.vpython3", Greeting);
        string packages = User.Combine("packages");
        Assert.Equal(0, User.Start("/bin/cp", ["-a", User.Variables["VPYTHON_PACKAGES"]!, packages]).ExitCode);
        User.Variables["VPYTHON_PACKAGES"] = packages;

        Assert.False(IsReady());
        AssertPrints("", User.Run(install));
        Assert.True(IsReady());
        Directory.Delete(packages, recursive: true);
        AssertPrints("hello\n", User.Run("s.py"));

        bool IsReady() => (bool)JsonNode.Parse(User.Run("which", "--json", "s.py").Output)!["environment"]!["ready"]!;
    }

    [Fact]
    public void Which_tells_the_truth_about_the_run_that_follows()
    {
        User.Write("s.py", "import sys\nprint(sys.prefix)\nprint(sys._base_executable)\n");
        string spec = User.Write(".vpython3", PackageShelf.Spec);
        JsonNode told = JsonNode.Parse(User.Run("which", "--json", "s.py").Output)!;
        Assert.Empty(User.Environments);
        ProcessRun run = User.Run("s.py");
        Assert.Equal(spec, (string)told["spec"]!["path"]!);
        Assert.Equal("common", (string)told["spec"]!["kind"]!);
        Assert.Equal(["test/farewell", "test/greeting"], told["packages"]!.AsArray().Select(package => (string)package!["name"]!).Order());
        Assert.Equal((string)told["environment"]!["path"]!, run.Output.Split('\n')[0]);
    }

    [Theory]
    [InlineData("-vpython-spec")]
    [InlineData("-vpython-unknown=1")]
    [InlineData("-vpython-log-level=loud")]
    public void A_wrong_flag_of_ours_is_an_error_that_names_it(string flag)
    {
        ProcessRun run = User.Run(flag);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(flag.Split('=')[0], run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void Commands_of_packages_are_on_the_scripts_PATH()
    {
        User.Write(".vpython3", Greeting);
        AssertPrints("hello\n", User.Run("-c", "import subprocess; subprocess.run(['greet'], check=True)"));
    }

    [Fact]
    public void A_store_that_may_only_be_read_is_good_for_running()
    {
        string script = User.Write("s.py", Greet);
        User.Write("s.py.vpython3", Greeting);
        string program = User.Combine("program", "vpython3");
        Directory.CreateDirectory(User.Combine("program"));
        // By another process: a program that this one has open for writing, or a child that it forks meanwhile, cannot be started.
        Assert.Equal(0, User.Start("/bin/cp", [NativeExecutable.Runner, program]).ExitCode);
        Assert.Equal(0, User.Start(program, ["s.py"]).ExitCode);
        Assert.Equal(0, User.Start("/bin/chmod", ["-R", "a-w,a+rX", User.Combine()]).ExitCode);
        string[] before = Entries();
        ProcessRun run = User.Start(
            Sandbox.Python,
            [
                "-c",
                "import os, sys\nif os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\nos.execv(sys.argv[1], sys.argv[1:])",
                program,
                script,
            ]);
        AssertPrints("hello\n", run);
        Assert.Equal(before, Entries());

        string[] Entries() => [.. Directory.EnumerateFileSystemEntries(User.Root, "*", SearchOption.AllDirectories).Order()];
    }
}
