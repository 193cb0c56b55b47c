using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingVerifyTagsTests
{
    private readonly RuleTest<MissingVerifyTags> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_tags_of_all_supported_platforms_are_added() => _test.Fixes(
        "python_version: '3.8'\nwheel: <name: [|'a/${vpython_platform}'|]>\n",
        """
        python_version: '3.8'
        wheel: <name: 'a/${vpython_platform}'>
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "linux_aarch64">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "linux_armv6l">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "macosx_11_0_arm64">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "macosx_10_4_intel">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "manylinux1_x86_64">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win_amd64">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win32">

        """,
        withUnsafe: true);

    [Fact]
    public void Without_a_Python_there_is_no_fix() => Assert.Empty(_test.Find("wheel: <name: 'a/${vpython_platform}'>")[0].Fixes);

    [Fact]
    public void A_tag_universal_wheels_and_scripts_are_not_found()
    {
        _test.Finds("wheel: <name: 'a/${vpython_platform}'> verify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'win32'>");
        _test.Finds("wheel: <name: 'a-py3'>");
        new RuleTest<MissingVerifyTags> { Path = "/src/tool.py" }.Finds("# [VPYTHON:BEGIN]\n# wheel: <name: 'a/${vpython_platform}'>\n# [VPYTHON:END]\n");
    }

    [Fact]
    public void The_message_says_why() => _test.Finds(
        "wheel: <name: [|'a/${vpython_platform}'|]>",
        "The spec has wheels for certain platforms, and no 'verify_pep425_tag' says for which it is meant. The Go vpython3 verifies nothing then; add one for each platform.");
}
