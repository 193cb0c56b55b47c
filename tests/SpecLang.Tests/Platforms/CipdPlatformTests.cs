using VPythonTools.SpecLang.Platforms;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Platforms;

public sealed class CipdPlatformTests
{
    [Theory]
    [InlineData("linux_i686", "linux-386")]
    [InlineData("linux_x86_64", "linux-amd64")]
    [InlineData("manylinux1_i686", "linux-386")]
    [InlineData("manylinux1_x86_64", "linux-amd64")]
    [InlineData("linux_arm64", "linux-arm64")]
    [InlineData("linux_aarch64", "linux-arm64")]
    [InlineData("linux_mips", "linux-mips32")]
    [InlineData("linux_mipsel", "linux-mips32")]
    [InlineData("linux_mips64", "linux-mips64")]
    [InlineData("linux_riscv64", "linux-riscv64")]
    [InlineData("linux_armv6l", "linux-armv6l")]
    [InlineData("linux_armv7l", "linux-armv6l")]
    [InlineData("macosx_10_4_intel", "mac-amd64")]
    [InlineData("macosx_10_9_fat64", "mac-amd64")]
    [InlineData("macosx_10_9_universal", "mac-amd64")]
    [InlineData("macosx_11_0_arm64", "mac-arm64")]
    [InlineData("macosx_10_6_i386", "mac-386")]
    [InlineData("macosx_10_6_fat32", "mac-386")]
    [InlineData("win32", "windows-386")]
    [InlineData("win_amd64", "windows-amd64")]
    public void Where_the_deployed_tool_has_an_answer_it_is_ours(string tag, string expected) =>
        Assert.Equal(expected, CipdPlatform.FromPlatformTag(tag).ToString());

    [Theory]
    [InlineData("macosx_10_9_x86_64", "mac-amd64")]
    [InlineData("macosx_11_0_universal2", "mac-arm64")]
    [InlineData("macosx_10_6_fat", "mac-386")]
    [InlineData("manylinux2010_x86_64", "linux-amd64")]
    [InlineData("manylinux2014_aarch64", "linux-arm64")]
    [InlineData("manylinux_2_17_x86_64", "linux-amd64")]
    [InlineData("manylinux_2_36_armv7l", "linux-armv6l")]
    [InlineData("musllinux_1_2_x86_64", "linux-amd64")]
    [InlineData("musllinux_1_1_i686", "linux-386")]
    [InlineData("win_arm64", "windows-arm64")]
    [InlineData("manylinux2014_ppc64le", "linux-ppc64le")]
    [InlineData("linux_s390x", "linux-s390x")]
    [InlineData("manylinux_2_36_loongarch64", "linux-loong64")]
    public void Where_the_deployed_tool_has_none_there_is_one(string tag, string expected) =>
        Assert.Equal(expected, CipdPlatform.FromPlatformTag(tag).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("any")]
    [InlineData("linux")]
    [InlineData("linux_")]
    [InlineData("linux_sparc64")]
    [InlineData("manylinux_x86_64")]
    [InlineData("manylinux_2_x86_64")]
    [InlineData("macosx_x86_64")]
    [InlineData("macosx_10_9_ppc")]
    [InlineData("win-amd64")]
    [InlineData("freebsd_14_1_release_amd64")]
    public void Others_have_none(string tag) => Assert.Null(CipdPlatform.FromPlatformTag(tag));

    [Theory]
    [InlineData("linux-amd64", true)]
    [InlineData("linux", false)]
    [InlineData("linux-", false)]
    [InlineData("a-b-c", false)]
    public void A_platform_is_written_with_one_dash(string text, bool valid)
    {
        Assert.Equal(valid, CipdPlatform.TryParse(text, out CipdPlatform platform, out _));
        Assert.Equal(valid ? text : "-", platform.ToString());
    }
}
