using System.Text.Json;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands.Lint;

public sealed class ChangedTests : IDisposable
{
    private const string Wheel = "wheel: <\n  name: \"custom/six-py2_py3\"\n  version: \"version:1.15.0\"\n>\n";
    private const string Twice = "python_version: \"3.8\"\n" + Wheel + Wheel;

    private readonly CommandSandbox _sandbox = new();

    public ChangedTests() => _sandbox.Git("init", "-q", "-b", "main");

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void What_is_staged_not_staged_and_unknown_to_Git_has_changed()
    {
        _sandbox.Write("same.vpython3", Twice);
        _sandbox.Write("edited.vpython3", "");
        _sandbox.Write("staged.vpython3", "");
        _sandbox.Write("removed.vpython3", Twice);
        _sandbox.Write("old name.vpython3", Twice);
        _sandbox.Write("tool.py", "pass\n");
        _sandbox.Write("plain.py", "pass\n");
        _sandbox.Write(".gitignore", "ignored.vpython3\n");
        Commit();
        _sandbox.Write("edited.vpython3", Twice);
        _sandbox.Write("staged.vpython3", Twice);
        _sandbox.Git("add", "staged.vpython3");
        _sandbox.Git("mv", "old name.vpython3", "sub name.vpython3");
        _sandbox.Write("new/\u00FC \"quoted\"\t'x'.vpython3", Twice);
        _sandbox.Write("ignored.vpython3", Twice);
        _sandbox.Write("tool.py", "# [VPYTHON:BEGIN]\n# " + Twice.TrimEnd().Replace("\n", "\n# ", StringComparison.Ordinal) + "\n# [VPYTHON:END]\n");
        _sandbox.Write("plain.py", "print()\n");
        File.Delete(_sandbox.Combine("removed.vpython3"));
        Assert.Equal(["edited.vpython3", "new/\u00FC \"quoted\"\t'x'.vpython3", "staged.vpython3", "sub name.vpython3", "tool.py"], Changed());
        Assert.Equal(["edited.vpython3"], Changed("--", "edited.vpython3"));
        Assert.Equal(["new/\u00FC \"quoted\"\t'x'.vpython3"], Changed("HEAD", "new"));
    }

    [Fact]
    public void Paths_are_told_from_where_the_caller_stands()
    {
        _sandbox.Write("a/one.vpython3", "");
        Commit();
        _sandbox.Write("a/one.vpython3", Twice);
        _sandbox.Write("b/two.vpython3", Twice);
        Assert.Equal(["one.vpython3"], Paths(_sandbox.RunIn("a", "lint", "--changed", "--format", "json-lines", "--select", "VPY2301", ".")));
    }

    [Fact]
    public void A_branch_has_changed_what_it_has_since_it_left_its_upstream()
    {
        _sandbox.Write("a.vpython3", "");
        _sandbox.Write("b.vpython3", "");
        Commit();
        _sandbox.Git("checkout", "-q", "-b", "topic", "--track", "main");
        _sandbox.Write("a.vpython3", Twice);
        Commit();
        _sandbox.Git("checkout", "-q", "main");
        _sandbox.Write("b.vpython3", Twice);
        Commit();
        _sandbox.Git("checkout", "-q", "topic");
        _sandbox.Git("checkout", "-q", "main", "--", "b.vpython3");
        _sandbox.Git("reset", "-q", "--hard");
        Assert.Equal(["a.vpython3"], Changed());
        Assert.Equal(["a.vpython3"], Changed("main"));
        Assert.Equal([], Changed("HEAD"));
    }

    [Fact]
    public void Without_an_upstream_it_is_the_main_branch_of_origin()
    {
        _sandbox.Write("a.vpython3", "");
        Commit();
        _sandbox.Git("update-ref", "refs/remotes/origin/main", "HEAD");
        _sandbox.Write("a.vpython3", Twice);
        Commit();
        Assert.Equal(["a.vpython3"], Changed());
    }

    [Fact]
    public void Without_any_of_these_it_is_the_last_commit()
    {
        _sandbox.Write("a.vpython3", Twice);
        Commit();
        Assert.Equal([], Changed());
        _sandbox.Write("b.vpython3", Twice);
        Assert.Equal(["b.vpython3"], Changed());
    }

    [Fact]
    public void Before_the_first_commit_everything_has_changed()
    {
        _sandbox.Write("a.vpython3", Twice);
        _sandbox.Write("b.vpython3", Twice);
        _sandbox.Git("add", "a.vpython3");
        Assert.Equal(["a.vpython3", "b.vpython3"], Changed());
    }

    [Fact]
    public void The_spec_beside_a_changed_script_is_looked_at()
    {
        _sandbox.Write("tool.py", "pass\n");
        _sandbox.Write("tool.py.vpython3", Twice);
        Commit();
        _sandbox.Write("tool.py", "import six\n");
        Assert.Equal(["tool.py.vpython3"], Changed());
    }

    [Fact]
    public void Commits_without_a_common_one_are_compared_themselves()
    {
        _sandbox.Write("a.vpython3", "");
        Commit();
        _sandbox.Git("checkout", "-q", "--orphan", "other");
        _sandbox.Write("a.vpython3", Twice);
        Commit();
        Assert.Equal(["a.vpython3"], Changed("main"));
    }

    [Fact]
    public void Links_that_have_changed_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        using var elsewhere = new TemporaryDirectory();
        elsewhere.Write("outside.vpython3", Twice);
        File.CreateSymbolicLink(_sandbox.Combine("link.vpython3"), elsewhere.Combine("outside.vpython3"));
        Assert.Equal([], Changed());
    }

    [Fact]
    public void Patterns_name_what_has_changed()
    {
        _sandbox.Write("a/one.vpython3", "");
        _sandbox.Write("b/same.vpython3", Twice);
        Commit();
        _sandbox.Write("a/one.vpython3", Twice);
        _sandbox.Write("a/deep/two.vpython3", Twice);
        _sandbox.Write("three.vpython3", Twice);
        Assert.Equal(["three.vpython3"], Changed("HEAD", "*.vpython3"));
        Assert.Equal(["a/deep/two.vpython3", "a/one.vpython3"], Changed("HEAD", "a/*"));
        Assert.Equal(["a/deep/two.vpython3", "a/one.vpython3", "three.vpython3"], Changed("**/*.vpython3"));
        Assert.Equal([], Changed("HEAD", "b/*.vpython3"));
        Assert.Equal((2, ""), Ending("--changed", "HEAD", "a/*.py", "[VPY3502]"));
        Assert.Equal((2, ""), Ending("--changed", "*.py", "[VPY3502]"));
    }

    [Fact]
    public void What_is_not_there_cannot_be_looked_at()
    {
        _sandbox.Write("a.vpython3", Twice);
        Assert.Equal((2, ""), Ending("--changed", "HEAD", "no-such-directory", "[VPY3006]"));
        Assert.Equal((2, ""), Ending("--changed", "--", "no-such.vpython3", "[VPY3006]"));
        ProcessRun run = _sandbox.Run("lint", "--changed", "--format", "json-lines", "--select", "VPY2301", "--", "no-such.vpython3", "a.vpython3");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["a.vpython3"], Paths(run with { ExitCode = 1, Error = "" }));
    }

    [Fact]
    public void Paths_lead_through_links()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        _sandbox.Write("a/one.vpython3", Twice);
        _sandbox.Write("b/two.vpython3", Twice);
        Directory.CreateSymbolicLink(_sandbox.Combine("link"), _sandbox.Combine("a"));
        File.CreateSymbolicLink(_sandbox.Combine("two.link.vpython3"), _sandbox.Combine("b", "two.vpython3"));
        Assert.Equal(["a/one.vpython3"], Changed("--", "link"));
        Assert.Equal(["a/one.vpython3"], Changed("--", "link/one.vpython3"));
        Assert.Equal(["a/one.vpython3"], Changed("--", "link/*.vpython3"));
        Assert.Equal(["b/two.vpython3"], Changed("--", "two.link.vpython3"));
        using var elsewhere = new TemporaryDirectory();
        Directory.CreateSymbolicLink(elsewhere.Combine("tree"), _sandbox.Root);
        ProcessRun run = ProcessRun.Of(CommandSandbox.Program, ["lint", "--changed", "--format", "json-lines", "--select", "VPY2301", "--", "a"], elsewhere.Combine("tree"), _sandbox.Environment, []);
        Assert.Equal(["a/one.vpython3"], Paths(run));
    }

    [Fact]
    public void Where_Git_does_not_know_it_is_two()
    {
        _sandbox.Write("a.vpython3", Twice);
        Commit();
        ProcessRun run = _sandbox.Run("lint", "--changed", "no-such-branch");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("no-such-branch", run.Error, StringComparison.Ordinal);
        Assert.Contains("[VPY3501]", run.Error, StringComparison.Ordinal);
        Directory.Move(_sandbox.Combine(".git"), _sandbox.Combine("git"));
        _sandbox.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(_sandbox.Root);
        run = _sandbox.Run("lint", "--changed");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("not a git repository", run.Error, StringComparison.Ordinal);
    }

    private void Commit()
    {
        _sandbox.Git("add", "-A");
        _sandbox.Git("commit", "-q", "-m", "x");
    }

    private string[] Changed(params string[] arguments) => Paths(_sandbox.Run(["lint", "--format", "json-lines", "--select", "VPY2301", "--changed", .. arguments]));

    /// <summary>The exit code and the output of a run whose error has the code behind the arguments.</summary>
    private (int, string) Ending(params string[] argumentsAndCode)
    {
        ProcessRun run = _sandbox.Run(["lint", .. argumentsAndCode[..^1]]);
        Assert.Contains(argumentsAndCode[^1], run.Error, StringComparison.Ordinal);
        return (run.ExitCode, run.Output);
    }

    private static string[] Paths(ProcessRun run)
    {
        Assert.Equal("", run.Error);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("path").GetString()!)];
    }
}
