using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class TagThatNoMachineHasTests
{
    private const string Verify = "verify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'linux_arm64'>";

    private readonly RuleTest<TagThatNoMachineHas> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void What_Python_says_is_written() => _test.Fixes("wheel: <name: 'a' match_tag: <platform: [|'linux_arm64'|]>>", "wheel: <name: 'a' match_tag: <platform: \"linux_aarch64\">>", withUnsafe: true);

    [Fact]
    public void It_is_added_where_verification_has_the_other() => _test.Fixes(
        $"wheel: <\n  name: 'a'\n  not_match_tag: <abi: 'cp38' platform: [|'linux_arm64'|]>\n>\n{Verify}\n",
        $"wheel: <\n  name: 'a'\n  not_match_tag: <abi: 'cp38' platform: 'linux_arm64'>\n  not_match_tag: < abi: \"cp38\" platform: \"linux_aarch64\" >\n>\n{Verify}\n",
        withUnsafe: true);

    [Fact]
    public void The_message_says_what_to_do() => _test.Finds(
        $"wheel: <name: 'a' not_match_tag: <platform: [|'linux_arm64'|]> match_tag: <platform: [|'linux_i386'|]>> {Verify}",
        "No machine has 'linux_arm64': Python there says 'linux_aarch64'. Add a 'not_match_tag' with that; this one is for verification alone.",
        "No machine has 'linux_i386': Python there says 'linux_i686'. Write that.");

    [Fact]
    public void Both_together_tags_to_verify_and_other_systems_are_not_found() => _test.Finds(
        $"wheel: <name: 'a' not_match_tag: <platform: 'linux_arm64'> not_match_tag: <platform: 'linux_aarch64'>> wheel: <name: 'a' match_tag: <platform: 'macosx_11_0_arm64'> match_tag: <platform: 'macosx_10_6_i386'>> {Verify}");
}
