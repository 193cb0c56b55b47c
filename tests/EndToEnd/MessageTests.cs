using System.Text.Json.Nodes;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>What users are told when something is wrong: the cause, the place, and the next step.</summary>
public sealed class MessageTests(PackageShelf packages) : IDisposable
{
    private readonly Sandbox _user = new Sandbox().With(packages);

    public void Dispose() => _user.Dispose();

    [Theory]
    [InlineData("env", "list, info, path, verify, repair, remove")]
    [InlineData("cache", "info, verify, repair, prune, clean")]
    [InlineData("python", "find")]
    [InlineData("package", "ls, describe, resolve, fetch, add")]
    public void A_verb_with_a_wrong_command_or_none_lists_its_commands(string verb, string commands)
    {
        ProcessRun wrong = _user.Run(verb, "foo");
        Assert.Equal((2, $"error: 'foo' is no command of 'vpython3 {verb}' [VPY3005]\n  next: its commands are {commands}\n"), (wrong.ExitCode, wrong.Error));
        Assert.Equal($"error: 'vpython3 {verb}' does nothing by itself [VPY3005]\n  next: its commands are {commands}\n", _user.Run(verb).Error);
    }

    [Fact]
    public void What_names_no_environment_is_told_by_what_it_looks_like()
    {
        Assert.Contains("an empty name is that of no environment and of no script [VPY3025]", _user.Run("env", "info", "").Error, StringComparison.Ordinal);
        Assert.Contains("'2di'; the beginning of an identity has at least 4 characters [VPY3025]", _user.Run("env", "info", "2di").Error, StringComparison.Ordinal);
        Assert.Contains("'2dix' [VPY3025]\n  next: ", _user.Run("env", "info", "2dix").Error, StringComparison.Ordinal);
        Assert.Equal(_user.Run("which", "nosuch.py").Error, _user.Run("env", "path", "nosuch.py").Error);
        Assert.Contains("[VPY3003]\n  next: ", _user.Run("nosuch.py").Error, StringComparison.Ordinal);
        Assert.Contains("[VPY3005]\n  next: name them", _user.Run("env", "remove").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_cannot_be_made_is_told_by_what_stands_in_the_way()
    {
        string file = _user.Write("afile", "");
        Assert.Contains($"'{file}' is a file, where a directory should be [VPY3021]\n  next: ", _user.Run("-vpython-root", file, "-c", "pass").Error, StringComparison.Ordinal);
        Assert.Contains("no directory can be made in '/proc' [VPY3021]\n  next: ", _user.Run("-vpython-root", "/proc/x", "-c", "pass").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_temporary_directory_that_is_not_there_is_said_to_be_missing()
    {
        _user.Variables["HOME"] = null;
        _user.Variables["VPYTHON_VIRTUALENV_ROOT"] = null;
        _user.Variables["TMPDIR"] = "/proc/nonexist";
        ProcessRun run = _user.Run("-c", "pass");
        Assert.Contains("cannot be made: no directory can be made in '/proc' [VPY3023]\n  next: set HOME", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("shares", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_nothing_can_be_removed_from_is_told_by_prune()
    {
        Assert.Equal(0, _user.Run("-c", "pass").ExitCode);
        Directory.CreateDirectory(Path.Combine(_user.Root, "v1", "locks", "collector"));
        ProcessRun run = _user.Run("cache", "prune", "--age", "0");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("[VPY3021]\n  next: only who may write to the root", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_ours_among_the_environments_is_named_and_left_alone()
    {
        Assert.Equal(0, _user.Run("-c", "pass").ExitCode);
        string junk = Path.Combine(_user.Root, "v1", "environments", "we ird");
        File.WriteAllText(junk, "");
        foreach (string command in (string[])["verify", "repair"])
            Assert.Equal((0, $"{junk}: is no environment of vpython3, and is left alone\nall that is kept is sound\n"), (_user.Run("cache", command).ExitCode, _user.Run("cache", command).Output));
        Assert.Equal(junk, (string?)JsonNode.Parse(_user.Run("cache", "verify", "--json").Output)!["foreign"]![0]);
        Assert.Equal(0, _user.Run("env", "remove", "--all").ExitCode);
        Assert.True(File.Exists(junk));
    }

    [Fact]
    public void Old_environments_that_are_kept_by_a_mistake_are_told_with_code_and_next_step()
    {
        _user.Variables["VPYTHON_PRUNE_AGE"] = "foo";
        _user.Variables["VPYTHON_PRUNE_INTERVAL"] = "0";
        ProcessRun run = _user.Run("-c", "print('out')");
        Assert.Equal("out\n", run.Output);
        Assert.Contains("warning: old environments are not removed: VPYTHON_PRUNE_AGE is 'foo', which is no duration [VPY3024]\n  next: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""wheel: < name: "test/nosuch" version: "latest" >""", "a.vpython3:1:16:", "VPY3101", "add it with")]
    [InlineData("""wheel: < name: "test/greting" version: "latest" >""", "a.vpython3:1:16:", "VPY3101", "did you mean 'test/greeting'?")]
    [InlineData("""wheel: < name: "test/greeting" version: "version:2.0" >""", "a.vpython3:1:41:", "VPY3102", "did you mean")]
    [InlineData("""wheel: < name: "test/${nosuch}" version: "latest" >""", "a.vpython3:1:16:", "VPY3014", "correct the name")]
    [InlineData("""wheel: < name: "test/greeting" version: "a b" >""", "a.vpython3:1:41:", "VPY3014", "write a tag")]
    [InlineData("""python_version: "three" """, "a.vpython3:1:17:", "VPY3012", "correct python_version")]
    public void A_mistake_in_a_spec_is_told_at_its_value_with_a_next_step(string spec, string place, string code, string next)
    {
        _user.Write("a.vpython3", spec + "\n");
        ProcessRun run = _user.Run("-vpython-spec", "a.vpython3", "-c", "pass");
        Assert.Contains(place, run.Error.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains($"[{code}]", run.Error.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains($"\n  next: {next}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    public void A_limit_of_open_files_is_named_and_not_what_fails_by_it(int limit)
    {
        _user.Write(".vpython3", PackageShelf.Spec);
        _user.Write("s.py", "print('out')\n");
        AssertTold(limit);
        Assert.Equal("out\n", _user.Run("s.py").Output);
        AssertTold(4);
    }

    private void AssertTold(int limit)
    {
        ProcessRun run = _user.Start("/bin/sh", ["-c", $"ulimit -n {limit}; exec {NativeExecutable.Runner} s.py"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("[VPY3029]\n  next: 'ulimit -n'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("install it", run.Error, StringComparison.Ordinal);
    }
}
