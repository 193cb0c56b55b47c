using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnknownTagValueTests
{
    private readonly RuleTest<UnknownTagValue> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("platform", "win-amd64", "win_amd64")]
    [InlineData("platform", "Win32", "win32")]
    [InlineData("platform", "windows_amd64", "win_amd64")]
    [InlineData("platform", "linux_amd64", "manylinux1_x86_64")]
    [InlineData("platform", "mac-arm64", "macosx_11_0_arm64")]
    [InlineData("platform", "macosx_11_arm64", "macosx_11_0_arm64")]
    [InlineData("platform", "manylinux1_x86-64", "manylinux1_x86_64")]
    [InlineData("python", "3.8", "cp38")]
    [InlineData("python", "cp3.11", "cp311")]
    [InlineData("python", "py3.8", "py38")]
    [InlineData("abi", "CP38", "cp38")]
    [InlineData("abi", "any", "none")]
    public void The_nearest_value_is_written(string part, string written, string mended) => _test.Fixes(
        $"wheel: <name: 'a' match_tag: <{part}: [|'{written}'|]>>", $"wheel: <name: 'a' match_tag: <{part}: \"{mended}\">>", withUnsafe: true);

    [Fact]
    public void All_kinds_of_tags_are_judged() => _test.Finds(
        "wheel: <match_tag: <abi: [|'x'|]> not_match_tag: <python: [|'x'|]>> verify_pep425_tag: <platform: [|'win-amd64'|]>",
        "No platform has the ABI 'x', so this never matches. Write one that PEP 425 knows.",
        "No platform has the Python 'x', so this never matches. Write one that PEP 425 knows.",
        "No platform has the platform 'win-amd64', so this never matches. Write 'win_amd64'.");

    [Theory]
    [InlineData("platform", "any")]
    [InlineData("platform", "manylinux1_i686")]
    [InlineData("platform", "manylinux_2_17_x86_64")]
    [InlineData("platform", "musllinux_1_2_aarch64")]
    [InlineData("platform", "linux_riscv64")]
    [InlineData("platform", "linux_mips64")]
    [InlineData("platform", "macosx_10_6_intel")]
    [InlineData("platform", "")]
    [InlineData("python", "py2")]
    [InlineData("python", "pp310")]
    [InlineData("abi", "cp27mu")]
    [InlineData("abi", "abi3")]
    [InlineData("abi", "pypy310_pp73")]
    public void What_some_machine_has_is_not_found(string part, string value) => _test.Finds($"wheel: <match_tag: <{part}: '{value}'>>");
}
