using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Runs in surroundings that are broken, changed or hostile: what should work still does, and what cannot says why.</summary>
public sealed class AdversityTests : IDisposable
{
    private const string Greet = "import greeting\nprint(greeting.TEXT)\n";

    private static readonly string Greeting = PackageShelf.Spec.Split('\n')[0] + "\n";

    private readonly Sandbox _user;

    public AdversityTests(PackageShelf packages) => _user = new Sandbox().With(packages);

    public void Dispose() => _user.Dispose();

    [Fact]
    public void A_spec_with_wrong_guards_does_not_run_where_the_same_text_ran_with_right_ones()
    {
        string line = "# " + Greeting;
        _user.Write("good.py", $"# [VPYTHON:BEGIN]\n{line}# [VPYTHON:END]\n{Greet}");
        _user.Write("other-prefix.py", $"# [VPYTHON:BEGIN]\n{line}#[VPYTHON:END]\n{Greet}");
        _user.Write("no-end.py", $"# [VPYTHON:BEGIN]\n{line}{Greet}");
        Assert.Equal("hello\n", _user.Run("good.py").Output);
        Assert.Equal("hello\n", _user.Run("good.py").Output);
        Assert.Equal(1, _user.Run("other-prefix.py").ExitCode);
        Assert.Equal(1, _user.Run("no-end.py").ExitCode);
    }

    [Theory]
    [InlineData("rm -r \"$1\"/bin/python*")]
    [InlineData("rm \"$1\"/pyvenv.cfg")]
    [InlineData("rm -r \"$1\"/lib")]
    [InlineData("rm -r \"$1\"")]
    [InlineData("rm -r \"$1\" && mkdir \"$1\"")]
    [InlineData("rm -r \"$1\" && touch \"$1\"")]
    public void A_damaged_environment_is_made_anew(string damage)
    {
        _user.Write(".vpython3", Greeting);
        _user.Write("s.py", Greet);
        Assert.Equal("hello\n", _user.Run("s.py").Output);
        string environment = _user.Environments.Single();
        Assert.Equal(0, _user.Start("/bin/sh", ["-c", damage, "sh", environment]).ExitCode);
        for (int run = 0; run < 2; run++)
        {
            ProcessRun again = _user.Run("s.py");
            Assert.True(again.Output == "hello\n", again.Error);
        }
        Assert.Equal(environment, _user.Environments.Single());
    }

    [Fact]
    public void Output_and_errors_go_to_a_file_one_behind_the_other()
    {
        _user.Write("bad.vpython3", "a: 1\nb: 2\nc: 3\n");
        ProcessRun run = Shell("(vpython3 -help; vpython3 show bad.vpython3; echo end) >all 2>&1; cat all");
        Assert.StartsWith("vpython3 ", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nusage: ", run.Output, StringComparison.Ordinal);
        foreach (string place in (string[])["bad.vpython3:1:1: error: ", "bad.vpython3:2:1: error: ", "bad.vpython3:3:1: error: "])
            Assert.Contains(place, run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nend\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_standard_streams_do_not_become_files_of_ours()
    {
        _user.Write(".vpython3", Greeting);
        for (int run = 0; run < 2; run++)
        {
            ProcessRun written = Shell(
                """
                vpython3 -c '
                import os, greeting
                for fd in 1, 2:
                    try: os.write(fd, b"junk-7c1e")
                    except OSError: pass
                open("ran", "a").write("x")
                ' <&- >&- 2>&-
                """);
            Assert.Equal(0, written.ExitCode);
        }
        Assert.Equal("xx", Shell("cat ran").Output);
        Assert.Equal("", Shell($"find '{_user.Root}' -type f -exec grep -l junk-7c1e {{}} +").Output.Trim());
        Assert.Equal("", Shell($"find '{_user.Root}'/v1/locks -type f -size +0 -not -name '*.way'").Output);
    }

    [Fact]
    public void A_working_directory_that_is_gone_does_not_keep_Python_from_running()
    {
        ProcessRun run = Shell("mkdir gone && cd gone && rmdir ../gone && vpython3 -c 'print(1)' && vpython3 --version");
        Assert.StartsWith("1\nPython 3.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_PATH_the_systems_Python_is_found()
    {
        _user.Variables["PATH"] = null;
        ProcessRun run = _user.Run("-c", "import os; print(os.environ['PATH'].split(':')[1:])");
        Assert.True(run.Output == "['/bin', '/usr/bin']\n", run.Error);
    }

    [Fact]
    public void A_root_that_is_not_UTF_8_is_refused_with_its_flag()
    {
        ProcessRun run = Shell("vpython3 -vpython-root $(printf 'r\\377') -c 1; ls");
        Assert.Contains("the path in -vpython-root is not UTF-8 [VPY3002]", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void The_way_around_passes_over_a_wrapper_that_leads_back()
    {
        _user.Write("wrapper/python3", "#!/bin/sh\nexec vpython3 \"$@\"\n");
        _user.Variables["VPYTHON_BYPASS"] = "manually managed python not supported by chrome operations";
        ProcessRun run = Shell("chmod +x wrapper/python3; PATH=$PWD/wrapper:$PATH vpython3 -c 'import sys; print(sys.executable)'");
        Assert.Equal("/usr/bin/python3\n", run.Output);
    }

    [Fact]
    public void What_is_known_is_told_where_the_packages_are_not_to_be_had()
    {
        _user.Write("s.py.vpython3", "wheel: < name: \"no/such-py3\" version: \"version:1\" >\n");
        _user.Write("s.py", "");
        ProcessRun run = _user.Run("which", "--json", "s.py");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("s.py.vpython3:1:16: error: ", run.Error, StringComparison.Ordinal);
        JsonNode told = JsonNode.Parse(run.Output)!;
        Assert.Equal("partner", (string?)told["spec"]!["kind"]);
        Assert.StartsWith("3.", (string?)told["interpreter"]!["version"], StringComparison.Ordinal);
        Assert.NotNull((string?)told["tag"]);
        Assert.Equal("no/such-py3", (string?)told["packages"]![0]!["name"]);
        Assert.Null(told["packages"]![0]!["instance"]);
        Assert.Null(told["environment"]);
    }

    /// <summary>Runs a shell command in the user's directory, with the executable on PATH as <c>vpython3</c>.</summary>
    private ProcessRun Shell(string command) =>
        _user.Start("/bin/sh", ["-c", $"PATH='{Path.GetDirectoryName(NativeExecutable.Runner)}':$PATH\n{command}"]);
}
