using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Runner.Tests.Cipd;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments;

public sealed class EnvironmentBuilderTests : IDisposable
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
    private readonly List<PackagePin> _pins = [];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("cp39-cp39-win_amd64")]
    [InlineData("cp311-cp311-macosx_11_0_arm64")]
    [InlineData("py2-none-any")]
    public void A_wheel_for_another_python_is_refused_where_the_spec_names_it(string tags)
    {
        Add("wheels/fits", new("fits", "1.0"));
        Add("wheels/hello", new("hello", "1.0"), tags);
        Failure failure = Outcome.Failure(Build(), "VPY3211", $"it is for {tags}, and Python 3.11.2 here is cp311-cp311-linux_x86_64");
        Assert.Equal("test.vpython3:2:1", failure.Location);
        Assert.Contains("${vpython_platform}", failure.NextStep, StringComparison.Ordinal);
        Assert.Empty(failure.Others);
    }

    [Theory]
    [InlineData("py2.py3-none-any")]
    [InlineData("cp311-cp311-linux_x86_64")]
    [InlineData("1-cp39.cp38-abi3-win32.linux_x86_64")]
    public void A_wheel_with_one_tag_of_this_python_is_installed(string tags)
    {
        Add("wheels/hello", new("hello", "1.0"), tags);
        Outcome.Value(Build());
    }

    [Fact]
    public void Two_wheels_of_one_distribution_are_located()
    {
        Add("wheels/a", new("hello", "1.0"));
        Add("wheels/b", new("hello", "2.0"));
        Failure failure = Outcome.Failure(Build(), "VPY3209", "both wheels of 'hello'");
        Assert.Equal("test.vpython3:2:1", failure.Location);
        Assert.Equal("the other one is at test.vpython3:1:1; keep one", failure.NextStep);
    }

    [Fact]
    public void A_clash_of_two_wheels_is_located()
    {
        Add("wheels/a", new WheelBuilder("first", "1.0").Add("name", ""));
        Add("wheels/b", new WheelBuilder("second", "1.0").Add("name/inner.py", ""));
        Assert.Equal("test.vpython3:2:1", Outcome.Failure(Build(), "VPY3210", "it brings the directory").Location);
    }

    [Fact]
    public void A_damaged_instance_is_located_and_its_file_named()
    {
        Add("wheels/hello", new("hello", "1.0"));
        string file = Path.Combine(_directory.Path, "packages", "instances", _pins[0].Instance.Value);
        File.AppendAllText(file, "x");
        Assert.Equal("test.vpython3:1:1", Outcome.Failure(Build(), "VPY3106", $"its file is '{file}'").Location);
    }

    private void Add(string package, WheelBuilder wheel, string tags = "py2.py3-none-any")
    {
        string path = Path.Combine(_directory.Path, wheel.FileName.Replace("py2.py3-none-any", tags, StringComparison.Ordinal));
        File.WriteAllBytes(path, wheel.ToBytes());
        _pins.Add(Outcome.Value(PackageDirectory.Add(_directory.Combine("packages"), Names.Package(package), [], ["latest"], path)));
    }

    private Result<BuiltEnvironment> Build()
    {
        var plan = new EnvironmentPlan(
            "id",
            new(Facts, default, [], [], true),
            new Pep425Tag("cp311", "cp311", "linux_x86_64"),
            [.. _pins.Select((pin, index) => new PlannedPackage(pin, Names.Version("latest"), $"test.vpython3:{index + 1}:1"))])
        {
            Source = Outcome.Value(PackageDirectory.Open(_directory.Combine("packages"))),
        };
        return new EnvironmentBuilder(new(_directory.Combine("root")), EnvironmentBlock.OfThisProcess(), new Log(LogLevel.Error)).Build(plan, _directory.Combine("aside"), _directory.Combine("final"));
    }
}
