using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Tests.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Platforms;

public sealed class RepresentativeTagTests
{
    public static TheoryData<HostFacts, string, string> PublishedPlatforms { get; } = new()
    {
        { Hosts.Linux(), "cp311-cp311-manylinux1_x86_64", "linux-amd64_cp311_cp311" },
        { Hosts.Linux(minor: 8), "cp38-cp38-manylinux1_x86_64", "linux-amd64_cp38_cp38" },
        { Hosts.Linux("i686", is64Bit: false), "cp311-cp311-manylinux1_i686", "linux-386_cp311_cp311" },
        { Hosts.Linux("x86_64", is64Bit: false), "cp311-cp311-manylinux1_i686", "linux-386_cp311_cp311" },
        { Hosts.Linux("aarch64"), "cp311-cp311-linux_aarch64", "linux-arm64_cp311_cp311" },
        { Hosts.Linux("armv7l", is64Bit: false) with { IsHardFloat = true }, "cp311-cp311-linux_armv7l", "linux-armv6l_cp311_cp311" },
        { Hosts.Linux("armv6l", is64Bit: false), "cp311-cp311-linux_armv6l", "linux-armv6l_cp311_cp311" },
        { Hosts.Linux("riscv64"), "cp311-cp311-linux_riscv64", "linux-riscv64_cp311_cp311" },
        { Hosts.Linux(libC: "musl"), "cp311-cp311-linux_x86_64", "linux-amd64_cp311_cp311" },
        { Hosts.Linux("aarch64", libC: "musl"), "cp311-cp311-linux_aarch64", "linux-arm64_cp311_cp311" },
        { Hosts.Mac("arm64", 14), "cp311-cp311-macosx_11_0_arm64", "mac-arm64_cp311_cp311" },
        { Hosts.Mac("arm64", 11), "cp311-cp311-macosx_11_0_arm64", "mac-arm64_cp311_cp311" },
        { Hosts.Mac("x86_64", 14), "cp311-cp311-macosx_10_4_intel", "mac-amd64_cp311_cp311" },
        { Hosts.Mac("x86_64", 10, 15), "cp311-cp311-macosx_10_4_intel", "mac-amd64_cp311_cp311" },
        { Hosts.Windows(), "cp311-cp311-win_amd64", "windows-amd64_cp311_cp311" },
        { Hosts.Windows(is64Bit: false), "cp311-cp311-win32", "windows-386_cp311_cp311" },
        { Hosts.Windows("arm64"), "cp311-cp311-win_arm64", "windows-arm64_cp311_cp311" },
        { Hosts.Linux(minor: 13) with { IsFreeThreaded = true }, "cp313-cp313t-manylinux1_x86_64", "linux-amd64_cp313_cp313t" },
        { Hosts.Linux() with { IsDebug = true }, "cp311-cp311d-manylinux1_x86_64", "linux-amd64_cp311_cp311d" },
        { Hosts.Linux("ppc64le"), "cp311-cp311-linux_ppc64le", "linux-ppc64le_cp311_cp311" },
        { Hosts.Linux() with { Implementation = "pypy", Minor = 9, SoAbi = "pypy39-pp73" }, "pp39-pypy39_pp73-manylinux1_x86_64", "linux-amd64_pp39_pypy39_pp73" },
    };

    [Theory]
    [MemberData(nameof(PublishedPlatforms))]
    public void A_host_is_represented_as_packages_are_named(HostFacts host, string tag, string vpythonPlatform)
    {
        Pep425Tag? chosen = RepresentativeTag.Choose(SupportedTags.Generate(host));

        Assert.Equal(tag, chosen.ToString());
        Assert.True(TemplateVariables.FromTag(chosen!.Value).TryGetValue("vpython_platform", out string? value));
        Assert.Equal(vpythonPlatform, value);
    }

    [Fact]
    public void Without_tags_there_is_no_representative() => Assert.Null(RepresentativeTag.Choose([]));

    [Theory]
    [InlineData("cp311-cp311-linux_x86_64 cp311-cp311-any", "cp311-cp311-linux_x86_64")]
    [InlineData("cp311-none-linux_x86_64 cp311-cp311-any", "cp311-none-linux_x86_64")]
    [InlineData("cp311-cp311-any py3-none-linux_x86_64", "py3-none-linux_x86_64")]
    [InlineData("py3-none-any cp311-none-any", "cp311-none-any")]
    public void Any_never_replaces_a_platform(string hostTags, string expected) => Assert.Equal(expected, Choose(hostTags));

    [Theory]
    [InlineData("py3-none-win_amd64 cp311-none-win_amd64", "cp311-none-win_amd64")]
    [InlineData("cp311-abi3-win_amd64 cp311-cp311-win_amd64", "cp311-cp311-win_amd64")]
    [InlineData("cp311-cp311-win_amd64 cp310-cp310-win32", "cp311-cp311-win_amd64")]
    [InlineData("cp311-cp311-macosx_12_0_universal2 cp311-cp311-macosx_12_0_x86_64 cp311-cp311-macosx_10_9_x86_64", "cp311-cp311-macosx_10_9_x86_64")]
    [InlineData("cp311-cp311-macosx_10_9_intel py3-none-macosx_11_0_arm64", "cp311-cp311-macosx_10_9_intel")]
    public void The_more_specific_tag_wins_and_order_decides_between_equals(string hostTags, string expected) => Assert.Equal(expected, Choose(hostTags));

    private static string? Choose(string hostTags) => RepresentativeTag.Choose([.. hostTags.Split(' ').Select(Parse)])?.ToString();

    private static Pep425Tag Parse(string text)
    {
        Assert.True(Pep425Tag.TryParse(text, out Pep425Tag tag, out string? error), error);
        return tag;
    }
}
