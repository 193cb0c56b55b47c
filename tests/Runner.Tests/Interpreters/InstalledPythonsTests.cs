using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Interpreters;

/// <summary>
/// Installations as tools make them. Where the tool itself has installed something on this machine it is used; else its layout is made around the machine's own Python: an executable of
/// its own in the tool's directories, with the standard library as a link, which the interpreter takes for its home.
/// </summary>
public sealed class InstalledPythonsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("pyenv", ".pyenv/versions/{0}", "HOME={1}")]
    [InlineData("pyenv with a root", "tools/versions/{0}", "PYENV_ROOT={1}/tools")]
    [InlineData("uv", ".local/share/uv/python/cpython-{0}-linux-x86_64-gnu", "HOME={1}")]
    [InlineData("uv with XDG", "data/uv/python/cpython-{0}-linux-x86_64-gnu", "XDG_DATA_HOME={1}/data")]
    [InlineData("uv with a directory", "uvs/cpython-{0}-linux-x86_64-gnu", "UV_PYTHON_INSTALL_DIR={1}/uvs")]
    [InlineData("conda", "miniforge3", "HOME={1}")]
    [InlineData("an active conda", "somewhere/conda", "CONDA_PREFIX={1}/somewhere/conda")]
    public void What_a_tool_installed_is_found_without_PATH(string tool, string place, string variable)
    {
        Assert.NotEmpty(tool);
        string installation = Install(string.Format(System.Globalization.CultureInfo.InvariantCulture, place, DebianPython.Facts.Version));
        InterpreterSelection selection = Found("3.11", string.Format(System.Globalization.CultureInfo.InvariantCulture, variable, "", _directory.Path));
        Assert.Equal(Path.Combine(installation, "bin", "python3.11"), selection.Facts.Executable);
        Assert.Equal(installation, selection.Facts.BasePrefix);
        Assert.True(selection.IsRepeatable);
    }

    [Fact]
    public void The_highest_of_the_versions_that_fit_is_taken_and_no_other_is_asked()
    {
        Broken(".pyenv/versions/3.10.99/bin/python3");
        Broken(".pyenv/versions/3.11.0/bin/python3");
        Broken(".pyenv/versions/3.11-dev/bin/python3");
        Broken(".pyenv/versions/pypy3.11-7.3/bin/python3");
        string installation = Install($".pyenv/versions/{DebianPython.Facts.Version}");
        InterpreterSelection selection = Found("3.11", $"HOME={_directory.Path}");
        Assert.Equal([Path.Combine(installation, "bin", "python3")], selection.Candidates.Select(candidate => candidate.Path));
    }

    [Fact]
    public void The_installations_of_other_versions_are_told_when_none_fits()
    {
        Broken(".pyenv/versions/3.10.99/bin/python3");
        Broken(".pyenv/versions/3.12.0/bin/python3");
        Failure failure = Outcome.Failure(Find("3.99", $"HOME={_directory.Path}"), "VPY3011", "no Python 3.99 found");
        Assert.Contains($"{_directory.Combine(".pyenv/versions/3.12.0/bin/python3")} (Python 3.12.0) is not the version asked for, 3.99", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{_directory.Combine(".pyenv/versions/3.10.99/bin/python3")} (Python 3.10.99) is not", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PATH_comes_first_and_shims_last()
    {
        Install($".pyenv/versions/{DebianPython.Facts.Version}");
        Assert.Equal(DebianPython.Facts.Executable, Found("3.11", $"HOME={_directory.Path}", "PATH=/usr/bin").Facts.Executable);
        string shim = _directory.Write("shims/python3", "#!/bin/sh\nexec /usr/bin/python3 \"$@\"\n");
        File.SetUnixFileMode(shim, (UnixFileMode)0b111_101_101);
        Assert.StartsWith(_directory.Path, Found("3.11", $"HOME={_directory.Path}", $"PATH={Path.GetDirectoryName(shim)}").Facts.Executable, StringComparison.Ordinal);
    }

    [Fact]
    public void An_installation_that_comes_later_makes_the_choice_stale()
    {
        string installation = Install(".pyenv/versions/3.11.0");
        InterpreterSelection selection = Found("3.11", $"HOME={_directory.Path}");
        Assert.All(selection.Watched, watched => Assert.True(watched.IsUnchanged));
        Directory.Move(installation, _directory.Combine(".pyenv/versions/3.11.1"));
        Assert.Contains(selection.Watched, watched => !watched.IsUnchanged);
    }

    [Fact]
    public void The_pyenv_of_this_machine_is_found()
    {
        string? home = Environment.GetEnvironmentVariable("HOME");
        string versions = Path.Combine(home ?? "/", ".pyenv", "versions");
        string[] installed = Directory.Exists(versions) ? [.. Directory.GetDirectories(versions).Where(path => File.Exists(Path.Combine(path, "bin", "python3"))).Select(path => Path.GetFileName(path)!)] : [];
        Assert.SkipWhen(installed.Length == 0, "pyenv has installed nothing on this machine");
        foreach (string version in installed.Where(version => Version.TryParse(version, out Version? parsed) && parsed >= new Version(3, 7)))
        {
            InterpreterFacts facts = Found(version, $"HOME={home}").Facts;
            Assert.Equal((version, Path.Combine(versions, version)), (facts.Version, facts.BasePrefix));
            Assert.NotNull(facts.ByteCode);
        }
    }

    /// <summary>A Python of its own: the executable is a file here, the library the machine's.</summary>
    private string Install(string place)
    {
        InterpreterFacts facts = DebianPython.Facts;
        string installation = _directory.Combine(place);
        Directory.CreateDirectory(Path.Combine(installation, "bin"));
        Directory.CreateDirectory(Path.Combine(installation, "lib"));
        Directory.CreateDirectory(Path.Combine(installation, "conda-meta"));
        string library = $"python{facts.Host.Major}.{facts.Host.Minor}";
        File.Copy(facts.Executable, Path.Combine(installation, "bin", library));
        File.CreateSymbolicLink(Path.Combine(installation, "bin", "python3"), library);
        File.CreateSymbolicLink(Path.Combine(installation, "lib", library), Path.Combine(facts.BasePrefix, "lib", library));
        return installation;
    }

    private void Broken(string relativePath)
    {
        string path = _directory.Write(relativePath, "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    private InterpreterSelection Found(string request, params string[] variables) => Outcome.Value(Find(request, variables));

    private Result<InterpreterSelection> Find(string request, params string[] variables)
    {
        Assert.True(PythonVersionRequest.TryParse(request, out PythonVersionRequest parsed, out string? error), error);
        Directory.CreateDirectory(_directory.Combine("program"));
        var memory = new InterpreterMemory(_directory.Combine("memory"), new InterpreterProbe(TimeSpan.FromMinutes(1)), new Log(LogLevel.Error));
        string[] all = variables.Any(variable => variable.StartsWith("PATH=", StringComparison.Ordinal)) ? variables : [.. variables, "PATH=/nowhere"];
        return new InterpreterFinder(memory, EnvironmentBlock.Of(all), _directory.Combine("program")).Find(parsed);
    }
}
