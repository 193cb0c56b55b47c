using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Platforms;

public sealed class PlatformTableTests
{
    [Theory]
    [InlineData("linux-arm64-py3.8", "linux-arm64_cp38_cp38", "linux-arm64", "posix", "linux", "Linux", "aarch64")]
    [InlineData("linux-armv6-py3.11", "linux-armv6l_cp311_cp311", "linux-armv6l", "posix", "linux", "Linux", "armv6l")]
    [InlineData("mac-arm64-py3.11", "mac-arm64_cp311_cp311", "mac-arm64", "posix", "darwin", "Darwin", "arm64")]
    [InlineData("mac-x64-py3.8", "mac-amd64_cp38_cp38", "mac-amd64", "posix", "darwin", "Darwin", "x86_64")]
    [InlineData("manylinux-x64-py3.11", "linux-amd64_cp311_cp311", "linux-amd64", "posix", "linux", "Linux", "x86_64")]
    [InlineData("windows-x64-py3.8", "windows-amd64_cp38_cp38", "windows-amd64", "nt", "win32", "Windows", "AMD64")]
    [InlineData("windows-x86-py3.11", "windows-386_cp311_cp311", "windows-386", "nt", "win32", "Windows", null)]
    public void Packages_and_markers_of_each_platform_are_what_they_are_there(
        string name, string vpythonPlatform, string cipd, string osName, string sysPlatform, string system, string? machine)
    {
        SupportedPlatform platform = PlatformTable.Default.Find(name)!;
        Assert.True(platform.TemplateVariables.TryGetValue("vpython_platform", out string? value));
        Assert.Equal(vpythonPlatform, value);
        Assert.Equal(cipd, platform.CipdPlatform.ToString());
        MarkerEnvironment markers = platform.Markers;
        Assert.Equal((osName, sysPlatform, system, machine), (markers.OsName, markers.SysPlatform, markers.PlatformSystem, markers.PlatformMachine));
        Assert.Equal(platform.Python.ToString(), markers.PythonVersion);
        Assert.Null(markers.PythonFullVersion);
    }

    [Fact]
    public void The_default_table_has_what_the_published_list_has_builds_for()
    {
        string[] listed =
        [
            .. File.ReadLines(SharedData.Require("corpus/wheels.md"))
                .Where(line => line.StartsWith("* *", StringComparison.Ordinal) && line != "* *universal*")
                .Select(line => line[3..^1])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(listed, PlatformTable.Default.Platforms.Select(platform => platform.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_configuration_chooses_platforms_and_Pythons()
    {
        Assert.True(PlatformTable.TryConfigure(new(["manylinux-x64", " mac-arm64-py3.13", "manylinux-x64"], ["3.12", "3.11"]), out PlatformTable? table, out string? error), error);
        Assert.Equal(["manylinux-x64-py3.11", "manylinux-x64-py3.12", "mac-arm64-py3.13"], table.Platforms.Select(platform => platform.Name));
        Assert.Equal([new(3, 11), new(3, 12), new(3, 13)], table.Pythons);
        Assert.Equal("mac-arm64-py3.13", Assert.Single(table.WithPython(new(3, 13))).Name);
        Assert.Null(table.Find("windows-x64-py3.11"));
    }

    [Fact]
    public void What_a_configuration_leaves_open_is_as_by_default()
    {
        Assert.True(PlatformTable.TryConfigure(new(null, null), out PlatformTable? table, out string? error), error);
        Assert.Equal(PlatformTable.Default.Platforms.Select(platform => platform.Name), table.Platforms.Select(platform => platform.Name));
    }

    [Theory]
    [InlineData("manylinux-x46", null, "did you mean 'manylinux-x64'")]
    [InlineData("amiga", null, "known are linux-arm64, ")]
    [InlineData("mac-arm64-py3", null, "'3' is not a version of Python")]
    [InlineData("mac-arm64", "three", "'three' is not a version of Python")]
    [InlineData(null, "", "'' is not a version of Python")]
    public void A_wrong_configuration_says_what_is_known(string? platform, string? python, string message)
    {
        PlatformConfiguration configuration = new(platform is null ? null : [platform], python is null ? null : [python]);
        Assert.False(PlatformTable.TryConfigure(configuration, out _, out string? error));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_without_platforms_is_refused() =>
        Assert.False(PlatformTable.TryConfigure(new(ImmutableArray<string>.Empty, null), out _, out _));
}
