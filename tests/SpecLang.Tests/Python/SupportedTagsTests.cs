using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class SupportedTagsTests
{
    [Fact]
    public void Every_host_has_the_tags_of_pip_in_the_order_of_pip()
    {
        IReadOnlyList<string[]?> expected = PipTags.Of(Hosts.All);

        Assert.All(Hosts.All.Zip(expected), pair =>
        {
            if (pair.Second is { } tags) Assert.Equal(tags, Generate(pair.First));
        });
    }

    [Fact]
    public void A_tag_is_in_the_list_once() => Assert.All(Hosts.All, host =>
    {
        string[] tags = Generate(host);
        Assert.Equal(tags.Distinct(), tags);
    });

    [Fact]
    public void The_list_goes_from_the_interpreter_to_any_Python()
    {
        string[] tags = Generate(Hosts.Linux(libCVersion: (2, 17)));

        Assert.Equal("cp311-cp311-manylinux_2_17_x86_64", tags[0]);
        Assert.Equal("cp311-cp311-manylinux2014_x86_64", tags[1]);
        Assert.Equal("py30-none-any", tags[^1]);
    }

    [Fact]
    public void Builds_without_the_global_lock_have_an_ABI_of_their_own_and_no_stable_one()
    {
        string[] tags = Generate(Hosts.Windows(minor: 13) with { IsFreeThreaded = true, IsDebug = true });

        Assert.Equal(["cp313-cp313td-win_amd64", "cp313-cp313t-win_amd64", "cp313-none-win_amd64", "py313-none-win_amd64"], tags.Take(4));
        Assert.DoesNotContain(tags, tag => tag.Contains("abi3", StringComparison.Ordinal));
    }

    [Fact]
    public void ARMv8_in_32_bit_mode_also_runs_programs_for_ARMv7() => Assert.Equal(
        ["manylinux_2_17_armv8l", "manylinux2014_armv8l", "manylinux_2_17_armv7l", "manylinux2014_armv7l", "linux_armv8l", "linux_armv7l"],
        Platforms(Hosts.Linux("aarch64", libCVersion: (2, 17), is64Bit: false) with { IsHardFloat = true }));

    [Theory]
    [InlineData("pypy", "pypy39-pp73-x86_64-linux-gnu", "pp39-pypy39_pp73-linux_sparc64")]
    [InlineData("pypy", "pypy39-pp73", "pp39-pypy39_pp73-linux_sparc64")]
    [InlineData("graalpy", "graalpy-38-native-x86_64-linux", "graalpy39-graalpy_38_native-linux_sparc64")]
    [InlineData("ironpython", "", "ip39-none-linux_sparc64")]
    public void Other_implementations_have_the_ABI_that_SOABI_names(string implementation, string soAbi, string first) =>
        Assert.Equal(first, Generate(Hosts.Linux("sparc64", minor: 9) with { Implementation = implementation, SoAbi = soAbi })[0]);

    [Fact]
    public void MacOS_10_16_is_11_as_programs_built_for_older_systems_see_it() =>
        Assert.Equal(Generate(Hosts.Mac("x86_64", 11)), Generate(Hosts.Mac("x86_64", 10, 16)));

    [Fact]
    public void A_universal2_interpreter_of_unknown_machine_counts_as_arm64() =>
        Assert.Equal(Generate(Hosts.Mac("arm64", 13)), Generate(Hosts.Mac("universal2", 13)));

    [Theory]
    [InlineData("amd64", true, "win_amd64")]
    [InlineData("AMD64", true, "win_amd64")]
    [InlineData("amd64", false, "win32")]
    [InlineData("win32", true, "win32")]
    [InlineData("arm64", true, "win_arm64")]
    public void Windows_has_one_platform(string machine, bool is64Bit, string platform) =>
        Assert.Equal([platform], Platforms(Hosts.Windows(machine, is64Bit: is64Bit)));

    private static string[] Generate(HostFacts host) => [.. SupportedTags.Generate(host).Select(tag => tag.ToString())];

    private static IEnumerable<string> Platforms(HostFacts host) => SupportedTags.Generate(host).Select(tag => tag.Platform).Where(platform => platform != "any").Distinct();
}
