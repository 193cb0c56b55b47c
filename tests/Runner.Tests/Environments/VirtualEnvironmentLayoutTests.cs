using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Tests.Wheels;
using VPythonTools.Runner.Wheels;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

public sealed class VirtualEnvironmentLayoutTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("/a:b/env", "':'")]
    [InlineData("/a\"b/env", "'\"'")]
    [InlineData("/a$b/env", "'$'")]
    [InlineData("/a\nb/env", "U+000A")]
    public void A_path_that_scripts_cannot_carry_is_refused(string path, string shown) =>
        Outcome.Failure(VirtualEnvironmentLayout.Write(_directory.Combine("env"), path, DebianPython.Facts), "VPY3301", shown);

    [Fact]
    public void Its_own_files_are_the_ones_that_are_listed()
    {
        Outcome.Value(VirtualEnvironmentLayout.Write(_directory.Combine("env"), "/final", DebianPython.Facts));
        Assert.Equal(
            VirtualEnvironmentLayout.OwnFiles(DebianPython.Facts).Order(StringComparer.Ordinal),
            new DirectoryInfo(_directory.Combine("env"))
                .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(entry => entry is FileInfo || entry.LinkTarget is not null)
                .Select(entry => Path.GetRelativePath(_directory.Combine("env"), entry.FullName))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_configuration_names_the_interpreter_and_a_version_without_a_suffix()
    {
        InterpreterFacts facts = DebianPython.Facts with { Version = "3.14.0rc1" };
        Outcome.Value(VirtualEnvironmentLayout.Write(_directory.Combine("env"), "/final", facts));
        string[] lines = File.ReadAllLines(_directory.Combine("env/pyvenv.cfg"));
        Assert.Equal(["home = /usr/bin", "include-system-site-packages = false", "version = 3.14.0"], lines[..3]);
        Assert.StartsWith("executable = /usr/bin/python3", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_pip_of_the_spec_takes_the_place_of_the_interpreters_own()
    {
        InterpreterFacts facts = DebianPython.Facts;
        Requirement.Met(facts.SeedWheels.Any(path => Path.GetFileName(path).StartsWith("pip-", StringComparison.Ordinal)), "python3-pip-whl is not installed");
        using WheelArchive pip = Outcome.Value(WheelArchive.Open(new WheelBuilder("Pip", "99.0").Add("pip/__init__.py", "").Write(_directory.Path)));
        InstallReport report = Outcome.Value(Installation.Build(
            new(_directory.Combine("env"), "/final", facts), [pip]));
        Assert.Equal("99.0", report.Wheels.Single(wheel => wheel.Distribution.Value == "pip").Version);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void A_damaged_wheel_of_the_interpreter_is_named()
    {
        string seed = _directory.Write("pip-1.0-py3-none-any.whl", "not a wheel");
        Outcome.Failure(
            Installation.Build(new(_directory.Combine("env"), "/final", DebianPython.Facts with { SeedWheels = [seed] }), []),
            "VPY3302",
            seed);
    }

    [Fact]
    public void On_Windows_the_interpreters_launchers_are_copied()
    {
        string executable = _directory.Write("Python/python.exe", "interpreter");
        _directory.Write("Python/Lib/venv/scripts/nt/venvlauncher.exe", "launcher");
        _directory.Write("Python/Lib/venv/scripts/nt/venvwlauncher.exe", "window launcher");
        Outcome.Value(VirtualEnvironmentLayout.Write(_directory.Combine("env"), @"C:\final", OnWindows(executable)));
        Assert.Equal("launcher", File.ReadAllText(_directory.Combine("env/Scripts/python.exe")));
        Assert.Equal("window launcher", File.ReadAllText(_directory.Combine("env/Scripts/pythonw.exe")));
        Assert.Contains("set \"VIRTUAL_ENV=C:\\final\"\r\n", File.ReadAllText(_directory.Combine("env/Scripts/activate.bat")), StringComparison.Ordinal);
        Assert.False(Path.Exists(_directory.Combine("env/lib64")));
    }

    [Fact]
    public void On_Windows_a_bundle_without_launchers_is_copied_with_its_libraries()
    {
        string executable = _directory.Write("Python/python.exe", "interpreter");
        _directory.Write("Python/python311.dll", "library");
        Outcome.Value(VirtualEnvironmentLayout.Write(_directory.Combine("env"), @"C:\final", OnWindows(executable)));
        Assert.Equal("interpreter", File.ReadAllText(_directory.Combine("env/Scripts/python.exe")));
        Assert.Equal("library", File.ReadAllText(_directory.Combine("env/Scripts/python311.dll")));
    }

    private InterpreterFacts OnWindows(string executable) => DebianPython.Facts with
    {
        Executable = executable,
        BasePrefix = _directory.Combine("Python"),
        Host = DebianPython.Facts.Host with { Platform = "win32", Machine = "amd64" },
        Scheme = new("Lib/site-packages", "Lib/site-packages", "Scripts", "Include", ""),
    };
}
