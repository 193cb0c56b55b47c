using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>What editors and people ask around a script: where its Python is, a shell in its environment, a link in the project.</summary>
public sealed class ScriptInterpreterTests : IDisposable
{
    private const int NotBuilt = 3;

    private readonly Sandbox _user;

    public ScriptInterpreterTests(PackageShelf packages)
    {
        _user = new Sandbox().With(packages);
        _user.Write(".vpython3", PackageShelf.Spec);
        _user.Write("s.py", "import greeting, sys\nprint(greeting.TEXT, sys.executable)\n");
    }

    public void Dispose() => _user.Dispose();

    [Fact]
    public void The_path_is_told_before_and_after_the_environment_is_built_and_is_what_the_script_sees()
    {
        ProcessRun before = _user.Run("python", "find", "s.py");
        Assert.Equal(NotBuilt, before.ExitCode);
        Assert.Contains("not built yet", before.Error, StringComparison.Ordinal);
        Assert.Empty(_user.Environments);

        string python = before.Output.TrimEnd('\n');
        Assert.Equal($"hello {python}\n", _user.Run("s.py").Output);
        ProcessRun after = _user.Run("python", "find", "s.py");
        Assert.Equal((0, before.Output, ""), (after.ExitCode, after.Output, after.Error));
    }

    [Fact]
    public void An_interpreter_can_be_built_on_the_way()
    {
        ProcessRun found = _user.Run("-vpython-tool", "python", "find", "--install", "--json", "s.py");
        Assert.True(found.ExitCode == 0, found.Error);
        JsonNode told = JsonNode.Parse(found.Output)!;
        Assert.True((bool)told["ready"]!);
        Assert.Equal(Assert.Single(_user.Environments), (string?)told["environment"]!["path"]);
        Assert.StartsWith("3.", (string?)told["version"], StringComparison.Ordinal);
        Assert.Equal("common", (string?)told["spec"]!["kind"]);
        Assert.Equal("hello\n", _user.Start((string)told["python"]!, ["-c", "import greeting; print(greeting.TEXT)"]).Output);
    }

    [Fact]
    public void JSON_says_the_same_before_and_after_but_for_what_is_ready()
    {
        JsonNode before = JsonNode.Parse(_user.Run("python", "find", "--json", "s.py").Output)!;
        Assert.False((bool)before["ready"]!);
        Assert.Equal(0, _user.Run("install", "s.py").ExitCode);
        JsonNode after = JsonNode.Parse(_user.Run("python", "find", "--json", "s.py").Output)!;
        Assert.True((bool)after["ready"]!);
        foreach (string member in (string[])["python", "version", "environment", "spec"]) Assert.Equal(before[member]!.ToJsonString(), after[member]!.ToJsonString());
    }

    [Fact]
    public void What_is_there_is_found_when_its_packages_are_not()
    {
        Assert.Equal(0, _user.Run("install", "s.py").ExitCode);
        string location = _user.Variables["VPYTHON_PACKAGES"]!;
        string moved = _user.Combine("moved");
        // The place keeps its name, which is part of what a run depends on, and has nothing in it.
        Directory.CreateDirectory(moved);
        _user.Variables["VPYTHON_PACKAGES"] = moved;
        Assert.Equal(1, _user.Run("python", "find", "s.py").ExitCode);
        _user.Variables["VPYTHON_PACKAGES"] = location;
        Assert.Equal(0, _user.Run("python", "find", "s.py").ExitCode);
    }

    [Fact]
    public void A_broken_spec_has_no_interpreter()
    {
        _user.Write("s.py.vpython3", "nonsense\n");
        ProcessRun found = _user.Run("python", "find", "--json", "s.py");
        Assert.Equal((1, ""), (found.ExitCode, found.Output));
        Assert.Contains("s.py.vpython3:1:1: error: ", found.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_sees_what_the_script_would_and_the_environment_is_held_as_long_as_it_runs()
    {
        ProcessRun run = _user.Run("shell", "s.py", "--", "greet");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("hello\n", run.Output);
        string environment = Assert.Single(_user.Environments);
        ProcessRun locked = _user.Run("shell", "s.py", "--", "sh", "-c", $"echo $VIRTUAL_ENV; flock --nonblock '{_user.Root}/v1/locks/{Path.GetFileName(environment)}.use' true || echo held");
        Assert.Equal($"{environment}\nheld\n", locked.Output);
    }

    [Fact]
    public void A_shell_is_the_users_own_and_its_answer_is_ours()
    {
        _user.Variables["SHELL"] = _user.WriteExecutable("my-shell", "#!/bin/sh\necho mine $# $PYTHONNOUSERSITE\nexit 7\n");
        ProcessRun run = _user.Run("shell");
        Assert.Equal((7, "mine 0 1\n"), (run.ExitCode, run.Output));
        Assert.Contains(Path.GetFileName(Assert.Single(_user.Environments)), run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_is_nowhere_is_not_found()
    {
        ProcessRun run = _user.Run("shell", "--", "no-such-program");
        Assert.Equal(127, run.ExitCode);
        Assert.Contains("[VPY3019]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_link_in_the_project_leads_to_the_environment_of_its_spec_whatever_the_script_and_directory()
    {
        _user.Write("deep/t.py", "");
        Assert.Equal(0, _user.Run("-vpython-local-venv", "deep/t.py").ExitCode);
        string link = Path.Combine(_user.Work, ".venv");
        string first = Assert.Single(_user.Environments);
        Assert.Equal(first, new FileInfo(link).LinkTarget);

        // Short way and long way, and another environment.
        Assert.Equal("", _user.Run("-vpython-local-venv", "s.py").Error);
        _user.Write(".vpython3", PackageShelf.Spec.Split('\n')[0]);
        Assert.Equal("", _user.Run("--vpython-local-venv=true", "s.py").Error);
        Assert.Equal(_user.Environments.Single(environment => environment != first), new FileInfo(link).LinkTarget);
    }

    [Theory]
    [InlineData("mkdir .venv && touch .venv/mine")]
    [InlineData("touch .venv")]
    [InlineData("ln -s elsewhere .venv")]
    public void What_somebody_else_put_there_stays(string command)
    {
        Assert.Equal(0, _user.Start("/bin/sh", ["-c", command]).ExitCode);
        string before = _user.Start("/bin/ls", ["-l", "--time-style=full-iso", ".venv"]).Output;
        ProcessRun run = _user.Run("-vpython-local-venv", "s.py");
        Assert.StartsWith("hello ", run.Output, StringComparison.Ordinal);
        Assert.Contains("is not a link of ours", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _user.Start("/bin/ls", ["-l", "--time-style=full-iso", ".venv"]).Output);
    }

    [Fact]
    public void A_directory_that_cannot_be_run_does_not_hide_a_verb_and_one_that_can_does()
    {
        Directory.CreateDirectory(Path.Combine(_user.Work, "python"));
        Assert.Equal(NotBuilt, _user.Run("python", "find", "s.py").ExitCode);
        _user.Write("python/__main__.py", "import sys; print(sys.argv[1:])");
        Assert.Equal("['find', 's.py']\n", _user.Run("python", "find", "s.py").Output);
        Assert.Equal(0, _user.Run("-vpython-tool", "python", "find", "s.py").ExitCode);
    }
}
