using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class WheelForNoPlatformTests
{
    private readonly RuleTest<WheelForNoPlatform> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void It_is_removed() => _test.Fixes(
        "python_version: '3.8'\nwheel: <\n  name: [|'a'|]\n  match_tag: <abi: 'cp27mu'>\n>\nwheel: <name: 'b'>\n", "python_version: '3.8'\nwheel: <name: 'b'>\n", withUnsafe: true);

    [Fact]
    public void The_message_names_the_Python() => _test.Finds(
        "python_version: '3.8' wheel: <name: [|'a'|] match_tag: <platform: 'manylinux1_i686'>>",
        "No supported platform with Python 3.8 gets this wheel, as its tags say. Mend the tags, or remove the wheel.");

    [Fact]
    public void What_a_supported_platform_or_one_to_verify_gets_is_not_found()
    {
        _test.Finds("python_version: '3.8' wheel: <name: 'a' match_tag: <platform: 'macosx_10_6_intel'>> wheel: <name: 'a' match_tag: <abi: 'cp27mu'> match_tag: <platform: 'win32'>>");
        _test.Finds("wheel: <name: 'a' match_tag: <abi: 'cp38'>> wheel: <name: 'a' match_tag: <abi: 'cp311'>>");
        _test.Finds("python_version: '3.8' verify_pep425_tag: <python: 'cp38' abi: 'cp38' platform: 'linux_riscv64'> wheel: <name: 'a' match_tag: <platform: 'linux_riscv64'>> wheel: <name: 'b' match_tag: <platform: 'win32'>>");
    }

    [Fact]
    public void What_other_rules_find_and_unknown_Pythons_are_not_found()
    {
        _test.Finds("python_version: '3.8' wheel: <name: 'a' match_tag: <>> wheel: <name: 'a' match_tag: <platform: 'win-amd64'>> wheel: <name: 'a' match_tag: <abi: 'none'> not_match_tag: <abi: 'none'>>");
        _test.Finds("python_version: '2.7' wheel: <name: 'a' match_tag: <platform: 'manylinux1_i686'>>");
    }
}
