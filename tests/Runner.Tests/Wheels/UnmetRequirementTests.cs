using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Wheels;

public sealed class UnmetRequirementTests
{
    private static readonly MarkerEnvironment Markers = UnmetRequirement.MarkersOf(InstallTarget.Nominal(isWindows: false).Facts with
    {
        Version = "3.11.2",
        Host = new() { Implementation = "cpython", Major = 3, Minor = 11, Platform = "linux", Machine = "x86_64" },
    });

    [Fact]
    public void What_is_there_is_met() => Assert.Empty(Find([Wheel("a", "1.0", "b>=1,<2", "C_c"), Wheel("b", "1.5"), Wheel("c.c", "0")]));

    [Fact]
    public void What_is_missing_is_named_with_who_needs_it() =>
        Assert.Equal("a 1.0 needs b>=2: no wheel of the spec is of it", Assert.Single(Find([Wheel("a", "1.0", "b>=2; python_version >= '3.8'")])).ToString());

    [Fact]
    public void Another_version_is_told() =>
        Assert.Equal("a 1.0 needs b>=2: the spec has 1.5", Assert.Single(Find([Wheel("a", "1.0", "b>=2"), Wheel("b", "1.5")])).ToString());

    [Theory]
    [InlineData("b; python_version < '3.8'")]
    [InlineData("b; sys_platform == 'win32'")]
    [InlineData("b; extra == 'test'")]
    [InlineData("b; platform_release == 'who knows'")]
    [InlineData("not a requirement at all !")]
    [InlineData("pip")]
    public void What_does_not_apply_or_is_not_known_is_not_missed(string requirement) => Assert.Empty(Find([Wheel("a", "1.0", requirement)]));

    [Fact]
    public void What_an_extra_needs_counts_when_it_is_asked_for()
    {
        WheelBuilder extended = Wheel("b", "1.0", "c[deep]; extra == 'more'");
        WheelBuilder deep = Wheel("c", "1.0", "d; extra == 'deep'");
        Assert.Empty(Find([Wheel("a", "1.0", "b"), extended, deep]));
        Assert.Equal("d", Assert.Single(Find([Wheel("a", "1.0", "b[more]"), extended, deep])).Requirement.Name.Value);
    }

    private static WheelBuilder Wheel(string name, string version, params string[] requirements) => new(name, version)
    {
        Metadata = System.Text.Encoding.UTF8.GetBytes($"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{string.Concat(requirements.Select(text => $"Requires-Dist: {text}\n"))}\n"),
    };

    private static UnmetRequirement[] Find(params WheelBuilder[] wheels)
    {
        Assert.True(WheelFileName.TryParse("pip-23.0-py3-none-any.whl", out WheelFileName? pip, out _));
        WheelArchive[] archives = [.. wheels.Select(wheel => Outcome.Value(WheelArchive.Open(ByteRange.OfMemory(wheel.ToBytes()), wheel.FileName, wheel.FileName)))];
        return [.. UnmetRequirement.Find(archives, [pip], Markers)];
    }
}
