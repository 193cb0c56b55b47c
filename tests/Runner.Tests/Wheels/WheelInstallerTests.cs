using System.Text;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Wheels;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Wheels;

public sealed class WheelInstallerTests : IDisposable
{
    private static readonly InterpreterFacts Facts = new()
    {
        Executable = "/usr/bin/python3",
        BasePrefix = "/usr",
        Version = "3.11.2",
        Micro = 2,
        Host = new() { Implementation = "cpython", Major = 3, Minor = 11, Platform = "linux", Machine = "x86_64" },
        Scheme = new("lib/python3.11/site-packages", "lib/python3.11/site-packages", "bin", "include/python3.11", ""),
        SeedWheels = [],
    };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Every_scheme_of_the_data_directory_has_its_place()
    {
        Install(new WheelBuilder("Hello", "1.0") { IsPure = false }
            .Add("hello.py", "root")
            .Add("Hello-1.0.data/purelib/pure.py", "")
            .Add("Hello-1.0.data/platlib/plat.so", "")
            .Add("Hello-1.0.data/data/etc/hello.conf", "")
            .Add("Hello-1.0.data/headers/hello.h", "")
            .Add("Hello-1.0.data/scripts/tool", "#!/bin/sh\n"));
        foreach (string path in (string[])
        [
            "lib/python3.11/site-packages/hello.py", "lib/python3.11/site-packages/pure.py", "lib/python3.11/site-packages/plat.so", "etc/hello.conf",
            "include/site/python3.11/Hello/hello.h", "bin/tool",
        ])
            Assert.True(File.Exists(_directory.Combine("env", path)), path);
        Assert.Equal(
            """
            ../../../bin/tool
            ../../../etc/hello.conf
            ../../../include/site/python3.11/Hello/hello.h
            Hello-1.0.dist-info/INSTALLER
            Hello-1.0.dist-info/METADATA
            Hello-1.0.dist-info/RECORD
            Hello-1.0.dist-info/REQUESTED
            Hello-1.0.dist-info/WHEEL
            hello.py
            plat.so
            pure.py
            """,
            string.Join('\n', Read("lib/python3.11/site-packages/Hello-1.0.dist-info/RECORD").Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')[0])));
    }

    [Fact]
    public void Scripts_name_the_interpreter_of_the_finished_environment_and_can_be_executed()
    {
        Install(new WheelBuilder("hello", "1.0")
            .Add("hello-1.0.data/scripts/tool", "#!python -u\nprint('tool')\n")
            .Add("hello-1.0.data/scripts/gui", "#!pythonw\r\nprint('gui')\r\n")
            .Add("hello-1.0.data/scripts/other", "#!/usr/bin/perl\n", WheelBuilder.ExecutableMode)
            .Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\ncommand = hello.cli:App.run\n"));
        Assert.Equal("#!/store/final/bin/python\nprint('tool')\n", Read("bin/tool"));
        Assert.Equal("#!/store/final/bin/python\nprint('gui')\r\n", Read("bin/gui"));
        Assert.Equal("#!/usr/bin/perl\n", Read("bin/other"));
        Assert.StartsWith("#!/store/final/bin/python\n# -*- coding: utf-8 -*-\n", Read("bin/command"), StringComparison.Ordinal);
        Assert.Contains("from hello.cli import App\n", Read("bin/command"), StringComparison.Ordinal);
        Assert.EndsWith("    sys.exit(App.run())\n", Read("bin/command"), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows()) return;
        foreach (string script in (string[])["tool", "gui", "other", "command"])
            Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(_directory.Combine("env/bin", script)) | (UnixFileMode)0b010_000_000);
    }

    [Theory]
    [InlineData("/with space/env", "#!/bin/sh\n'''exec' \"/with space/env/bin/python\" \"$0\" \"$@\"\n' '''\n")]
    [InlineData("/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", "#!/bin/sh\n'''exec' /0")]
    public void The_shell_starts_scripts_whose_first_line_no_kernel_takes(string environment, string start)
    {
        Install(environment, new WheelBuilder("hello", "1.0").Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\ncommand = hello:run\n"));
        Assert.StartsWith(start, Read("bin/command"), StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_in_a_path_with_spaces_run()
    {
        InterpreterFacts facts = DebianPython.Facts with { SeedWheels = [] };
        string environment = _directory.Combine("with a space", "env");
        using WheelArchive wheel = Open(new WheelBuilder("hello", "1.0")
            .Add("hello.py", "import sys\ndef run():\n    print(sys.argv[1:], sys.prefix)\n    return 3\n")
            .Add("hello-1.0.data/scripts/tool", "#!python\nimport hello\nhello.run()\n")
            .Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\ncommand = hello:run\n"));
        Outcome.Value(Installation.Build(new(environment, environment, facts), [wheel]));
        ProcessRun command = ProcessRun.Of(Path.Combine(environment, "bin/command"), ["a b", "c"]);
        Assert.Equal((3, $"['a b', 'c'] {environment}\n"), (command.ExitCode, command.Output));
        Assert.Equal($"['x'] {environment}\n", ProcessRun.Of(Path.Combine(environment, "bin/tool"), ["x"]).Output);
    }

    [Fact]
    public void Two_wheels_may_bring_the_same_file()
    {
        InstallReport report = Outcome.Value(InstallAll(
            new WheelBuilder("first", "1.0").Add("shared/__init__.py", "same"),
            new WheelBuilder("second", "1.0").Add("shared/__init__.py", "same")));
        Assert.Empty(report.Warnings);
        Assert.Equal(["first", "second"], report.Wheels.Select(wheel => wheel.Distribution.Value));
    }

    [Fact]
    public void Of_two_different_files_at_one_place_the_later_wins_with_a_warning()
    {
        InstallReport report = Outcome.Value(InstallAll(
            new WheelBuilder("first", "1.0").Add("shared/__init__.py", "one"),
            new WheelBuilder("second", "1.0").Add("shared/__init__.py", "two")));
        Assert.Equal("two", Read("lib/python3.11/site-packages/shared/__init__.py"));
        string warning = Assert.Single(report.Warnings);
        Assert.Contains("'first-1.0-py2.py3-none-any.whl' and 'second-1.0-py2.py3-none-any.whl' both bring", warning, StringComparison.Ordinal);
        Assert.Contains("[VPY3220]", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wheel_that_brings_a_file_twice_is_named_once()
    {
        InstallReport report = Outcome.Value(InstallAll(new WheelBuilder("first", "1.0").Add("a.py", "one").Add("first-1.0.data/purelib/a.py", "two")));
        Assert.StartsWith(
            "The wheel 'first-1.0-py2.py3-none-any.whl' brings 'lib/python3.11/site-packages/a.py' twice with different content",
            Assert.Single(report.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_wheels_of_one_distribution_are_refused() =>
        Outcome.Failure(InstallAll(new WheelBuilder("some_name", "1.0"), new WheelBuilder("Some.Name", "2.0")), "VPY3209", "both wheels of 'some-name' (1.0 and 2.0)");

    [Theory]
    [InlineData("hello-1.0.data/data/pyvenv.cfg")]
    [InlineData("hello-1.0.data/scripts/python")]
    [InlineData("hello-1.0.data/data/bin/python3.11")]
    [InlineData("hello-1.0.data/data/bin/activate")]
    [InlineData("hello-1.0.data/data/lib64")]
    public void The_environments_own_files_are_not_replaced(string path) =>
        Outcome.Failure(InstallAll(new WheelBuilder("hello", "1.0").Add(path, "")), "VPY3210", "belongs to the environment itself");

    [Fact]
    public void Nothing_is_written_through_a_link_of_the_environment()
    {
        Result<InstallReport> result = InstallAll(new WheelBuilder("hello", "1.0").Add("hello-1.0.data/data/lib64/python3.11/site-packages/module.py", ""));
        Outcome.Value(result);
        Assert.True(File.Exists(_directory.Combine("env/lib/python3.11/site-packages/module.py")));
        Assert.Contains("\nmodule.py,", Read("lib/python3.11/site-packages/hello-1.0.dist-info/RECORD"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_where_another_wheel_has_a_file_is_refused() =>
        Outcome.Failure(
            InstallAll(new WheelBuilder("first", "1.0").Add("name", ""), new WheelBuilder("second", "1.0").Add("name/inner.py", "")),
            "VPY3210",
            "it brings the directory 'lib/python3.11/site-packages/name', which is a file");

    [Theory]
    [InlineData("hello-1.0.data/unknown/file", "unknown scheme")]
    [InlineData("hello-1.0.data/file", "in no scheme")]
    [InlineData("other-1.0.data/data/file", "does not belong to it")]
    [InlineData("hello-1.0.data/purelib/hello-1.0.dist-info/RECORD", "which is written by whoever installs")]
    [InlineData("hello-1.0.data/data/lib/python3.11/site-packages/hello-1.0.dist-info/INSTALLER", "which is written by whoever installs")]
    public void Unknown_data_is_refused(string path, string reason) => Outcome.Failure(InstallAll(new WheelBuilder("hello", "1.0").Add(path, "")), "VPY3208", reason);

    [Theory]
    [InlineData("hello.py")]
    [InlineData("hello-1.0.data/scripts/tool")]
    public void A_damaged_file_fails_the_installation(string path)
    {
        string honest = Encoding.UTF8.GetString(HashOf("#!python\n"));
        var lying = new WheelBuilder("hello", "1.0") { Record = record => record.Replace(honest, Encoding.UTF8.GetString(HashOf("other")), StringComparison.Ordinal) }.Add(path, "#!python\n");
        Outcome.Failure(InstallAll(lying), "VPY3207", $"the content of '{path}' is not what RECORD promises");
    }

    [Fact]
    public void Pip_gets_the_version_of_this_python_in_its_commands()
    {
        Install(new WheelBuilder("pip", "1.0").Add("pip-1.0.dist-info/entry_points.txt", "[console_scripts]\npip = pip:main\npip3 = pip:main\npip3.9 = pip:main\npipx = pip:main\n"));
        Assert.Equal(
            ["pip", "pip3", "pip3.11", "pipx"],
            Directory.GetFiles(_directory.Combine("env/bin")).Select(Path.GetFileName).Where(name => name!.StartsWith("pip", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_launcher_that_setuptools_made_gives_way_to_the_entry_point()
    {
        Install(new WheelBuilder("hello", "1.0")
            .Add("hello-1.0.data/scripts/command", "old")
            .Add("hello-1.0.data/scripts/command-script.py", "old")
            .Add("hello-1.0.data/scripts/command.exe", "old")
            .Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\ncommand = hello:run\n"));
        Assert.StartsWith("#!", Read("bin/command"), StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.Combine("env/bin/command.exe")));
        Assert.DoesNotContain(".data", Read("lib/python3.11/site-packages/hello-1.0.dist-info/RECORD"), StringComparison.Ordinal);
    }

    [Fact]
    public void On_Windows_a_command_is_a_script_and_a_batch_file()
    {
        var windows = Facts with
        {
            Host = Facts.Host with { Platform = "win32", Machine = "amd64", LibC = "" },
            Scheme = new(@"Lib\site-packages", @"Lib\site-packages", "Scripts", "Include", "."),
        };
        using WheelArchive wheel = Open(new WheelBuilder("hello", "1.0")
            .Add("hello-1.0.data/scripts/tool.py", "#!python\n")
            .Add("hello-1.0.dist-info/entry_points.txt", "[console_scripts]\ncommand = hello:run\n[gui_scripts]\nwindow = hello:show\n"));
        Outcome.Value(Installation.Install([wheel], new(_directory.Combine("env"), @"C:\store\env", windows)));
        Assert.Equal("@\"%~dp0python.exe\" \"%~dp0command-script.py\" %*\r\n", Read("Scripts/command.cmd"));
        Assert.Contains("pythonw.exe", Read("Scripts/window.cmd"), StringComparison.Ordinal);
        Assert.Contains("sys.exit(show())", Read("Scripts/window-script.pyw"), StringComparison.Ordinal);
        Assert.Equal("#!C:\\store\\env\\Scripts\\python.exe\r\n", Read("Scripts/tool.py"));
        Assert.Contains("../../Scripts/command.cmd,sha256=", Read("Lib/site-packages/hello-1.0.dist-info/RECORD"), StringComparison.Ordinal);
    }

    private static byte[] HashOf(string content) =>
        Encoding.UTF8.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content))));

    private static WheelArchive Open(WheelBuilder wheel) => Outcome.Value(WheelArchive.Open(ByteRange.OfMemory(wheel.ToBytes()), wheel.FileName, wheel.FileName));

    private void Install(WheelBuilder wheel) => Install("/store/final", wheel);

    private void Install(string environment, WheelBuilder wheel) => Assert.Empty(Outcome.Value(InstallAt(environment, wheel)).Warnings);

    private Result<InstallReport> InstallAll(params WheelBuilder[] wheels) => InstallAt("/store/final", wheels);

    private Result<InstallReport> InstallAt(string environment, params WheelBuilder[] wheels) =>
        Installation.Build(new(_directory.Combine("env"), environment, Facts), [.. wheels.Select(Open)]);

    private string Read(string path) => File.ReadAllText(_directory.Combine("env", path));
}
