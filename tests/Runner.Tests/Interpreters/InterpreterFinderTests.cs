using System.Globalization;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Interpreters;

/// <summary>Searches among real interpreters: copies of the machine's Python under other names, links, shims, virtual environments.</summary>
public sealed class InterpreterFinderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _python = RealPython();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_python_on_PATH_is_found_and_remembered()
    {
        Link("bin/python3");
        InterpreterSelection first = Found("3", "bin");
        Assert.Equal(_python, first.Facts.Executable);
        Assert.True(first.IsRepeatable);

        // What is remembered is used as long as the file is the same: a memory with another version shows it.
        string record = Directory.GetFiles(_directory.Combine("memory")).Single();
        File.WriteAllText(record, File.ReadAllText(record).Replace($"\"version\": \"{first.Facts.Version}\"", "\"version\": \"3.0.0\"", StringComparison.Ordinal));
        Assert.Equal("3.0.0", Found("3", "bin").Facts.Version);

        // Another file under the same name is asked again.
        File.Delete(_directory.Combine("bin/python3"));
        string copy = _directory.Combine("copy");
        File.Copy(_python, copy);
        File.CreateSymbolicLink(_directory.Combine("bin/python3"), copy);
        Assert.Equal(first.Facts.Version, Found("3", "bin").Facts.Version);
    }

    [Fact]
    public void A_refused_candidate_that_changes_where_it_stands_makes_the_choice_stale()
    {
        Script("first/python3", "exit 1");
        Link("second/python3");
        InterpreterSelection selection = Found("3", "first", "second");
        Assert.All(selection.Watched, watched => Assert.True(watched.IsUnchanged));
        File.AppendAllText(_directory.Combine("first/python3"), "# changed\n");
        Assert.Contains(selection.Watched, watched => !watched.IsUnchanged);
    }

    [Fact]
    public void A_path_relative_to_the_working_directory_is_told_apart_by_it() =>
        Assert.Equal(Path.GetFullPath("python"), InterpreterFinder.Named(EnvironmentBlock.Of(["VPYTHON_INTERPRETER=python"])));

    [Theory]
    [InlineData("{ not json")]
    [InlineData("{}")]
    [InlineData("""{ "answer": {} }""")]
    public void A_damaged_memory_only_costs_a_question(string damaged)
    {
        Link("bin/python3");
        Found("3", "bin");
        File.WriteAllText(Directory.GetFiles(_directory.Combine("memory")).Single(), damaged);
        Assert.Equal(_python, Found("3", "bin").Facts.Executable);
    }

    [Fact]
    public void The_name_with_the_version_comes_first()
    {
        (int major, int minor) = Version();
        Link("a/python3");
        Link($"b/python{major}.{minor}");
        InterpreterSelection selection = Found($"{major}.{minor}", "a", "b");
        Assert.EndsWith($"/b/python{major}.{minor}", selection.Candidates.Single(candidate => candidate.Refusal is null).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_not_there_lists_every_candidate_with_its_version_and_the_reason()
    {
        Link("a/python3");
        Script("b/python", "exit 3");
        Failure failure = NotFound("3.99", "a", "b");
        Assert.Equal("VPY3011", failure.Code);
        Assert.Contains("no Python 3.99 found", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{_directory.Combine("a/python3")} (Python 3.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("is not the version asked for, 3.99", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{_directory.Combine("b/python")} is not a usable Python 3: it ended with exit code 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_on_PATH_is_said_plainly() =>
        Assert.Contains("nothing that looks like Python was there", NotFound("3", "empty").Message, StringComparison.Ordinal);

    [Fact]
    public void A_shim_is_passed_over_while_a_real_interpreter_will_do()
    {
        Script("shims/python3", $"exec {_python} \"$@\"");
        Link("bin/python3");
        InterpreterSelection selection = Found("3", "shims", "bin");
        Assert.True(selection.IsRepeatable);
        Assert.Equal(_directory.Combine("bin/python3"), selection.Candidates.Single(candidate => candidate.Refusal is null).Path);
    }

    [Fact]
    public void What_a_shim_runs_is_used_when_there_is_nothing_else_and_is_asked_for_every_time()
    {
        Script("shims/python3", $"exec {_python} \"$@\"");
        InterpreterSelection selection = Found("3", "shims");
        Assert.Equal(_python, selection.Facts.Executable);
        Assert.False(selection.IsRepeatable);
    }

    [Fact]
    public void A_wrapper_of_ours_is_passed_over()
    {
        // Stands for a script that ends in vpython3: it says so by the exit code that vpython3 ends with while somebody probes.
        Script("wrapper/python3", $"test -n \"${InterpreterProbe.ProbingVariable}\" && exit {InterpreterProbe.WrapperExitCode}; exit 1");
        Link("bin/python3");
        InterpreterSelection selection = Found("3", "wrapper", "bin");
        Assert.Equal("is a wrapper of vpython3 itself", selection.Candidates[0].Refusal);
        Assert.Equal(_python, selection.Facts.Executable);
    }

    [Fact]
    public void A_virtual_environment_stands_for_its_base()
    {
        ProcessRun made = ProcessRun.Of(_python, ["-m", "venv", "--without-pip", _directory.Combine("venv")]);
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Equal(_python, Found("3", "venv/bin").Facts.Executable);
    }

    [Fact]
    public void The_scripts_of_an_environment_of_ours_are_not_searched()
    {
        Link("root/v1/environments/0123456789abcdefghijklmnop/bin/python3");
        NotFound("3", "root/v1/environments/0123456789abcdefghijklmnop/bin");
    }

    [Fact]
    public void The_variable_names_the_only_candidate_by_its_directory_or_itself()
    {
        Link("dist/bin/python3");
        foreach (string value in (string[])[_directory.Combine("dist"), _directory.Combine("dist/bin/python3")])
            Assert.Equal(_python, Find("3", [$"VPYTHON_INTERPRETER={value}", "PATH="]).Facts.Executable);
    }

    [Fact]
    public void A_distribution_of_the_wrong_version_is_an_error_and_not_passed_over()
    {
        Link("dist/bin/python3");
        Failure failure = Refusal("2", [$"VPYTHON_INTERPRETER={_directory.Combine("dist")}", $"PATH={Path.GetDirectoryName(_python)}"]);
        Assert.Contains("VPYTHON_INTERPRETER", failure.Message, StringComparison.Ordinal);
        Assert.Contains("is not the version asked for, 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bundled_distribution_comes_before_PATH()
    {
        (int major, int minor) = Version();
        string bundled = $"program/{major}.{minor}/bin/python3";
        Directory.CreateDirectory(_directory.Combine($"program/{major}.{minor}/bin"));
        File.CreateSymbolicLink(_directory.Combine(bundled), _python);
        Link("bin/python3");
        foreach (string request in (string[])["3", $"{major}.{minor}"])
            Assert.Equal(_directory.Combine(bundled), Found(request, "bin").Candidates.Single(candidate => candidate.Refusal is null).Path);
    }

    [Fact]
    public void Relative_entries_of_PATH_are_not_searched()
    {
        Failure failure = Refusal("3", ["PATH=.:bin:"]);
        Assert.Contains("nothing that looks like Python was there", failure.Message, StringComparison.Ordinal);
    }

    private static string RealPython()
    {
        string python = Requirement.Tool("python3");
        return ProcessRun.Of(python, ["-c", "import os, sys; print(os.path.realpath(sys._base_executable))"]).Output.Trim();
    }

    private (int Major, int Minor) Version()
    {
        string[] parts = ProcessRun.Of(_python, ["-c", "import sys; print(*sys.version_info[:2])"]).Output.Split();
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private void Link(string relativePath)
    {
        string path = _directory.Combine(relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, _python);
    }

    private void Script(string relativePath, string body)
    {
        string path = _directory.Write(relativePath, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private InterpreterSelection Found(string request, params string[] path) => Find(request, [PathOf(path)]);

    private Failure NotFound(string request, params string[] path) => Refusal(request, [PathOf(path)]);

    private string PathOf(string[] directories) => "PATH=" + string.Join(':', directories.Select(directory => _directory.Combine(directory)));

    private InterpreterSelection Find(string request, string[] variables)
    {
        Assert.True(Search(request, variables).TryGet(out InterpreterSelection? selection, out Failure? failure), failure?.ToString());
        return selection!;
    }

    private Failure Refusal(string request, string[] variables)
    {
        Assert.False(Search(request, variables).TryGet(out _, out Failure? failure));
        return failure!;
    }

    private Result<InterpreterSelection> Search(string request, string[] variables)
    {
        Assert.True(PythonVersionRequest.TryParse(request, out PythonVersionRequest parsed, out string? error), error);
        Directory.CreateDirectory(_directory.Combine("program"));
        var memory = new InterpreterMemory(_directory.Combine("memory"), new InterpreterProbe(TimeSpan.FromMinutes(1)), new Log(LogLevel.Error));
        return new InterpreterFinder(memory, EnvironmentBlock.Of(variables), _directory.Combine("program")).Find(parsed);
    }
}
