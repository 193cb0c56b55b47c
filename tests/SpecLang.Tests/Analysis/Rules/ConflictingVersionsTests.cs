using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class ConflictingVersionsTests
{
    private readonly RuleTest<ConflictingVersions> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_older_one_is_removed() => _test.Fixes(
        "wheel: <name: 'a' version: 'version:1.9'>\nwheel: <name: 'b' version: 'version:1'>\nwheel: <name: 'a' version: [|'version:1.10'|]>\n",
        "wheel: <name: 'b' version: 'version:1'>\nwheel: <name: 'a' version: 'version:1.10'>\n",
        withUnsafe: true);

    [Fact]
    public void One_that_stands_twice_goes_as_a_whole() => _test.Fixes(
        "wheel: <name: 'a' version: 'version:1'>\nwheel: [{name: 'a' version: 'version:1'}, {name: 'b' version: 'version:1'}]\nwheel: <name: 'a' version: [|'version:2'|]>\n",
        "wheel: [{name: 'b' version: 'version:1'}]\nwheel: <name: 'a' version: 'version:2'>\n",
        withUnsafe: true);

    [Fact]
    public void The_other_fix_keeps_the_older_one() => Assert.Equal("Remove 'version:2'", _test.Find("wheel: <name: 'a' version: 'version:1'> wheel: <name: 'a' version: 'version:2'>")[0].Fixes[1].Title);

    [Fact]
    public void The_message_names_the_platforms() => _test.Finds(
        "python_version: '3.8'\nwheel: <name: 'a' version: 'version:1'>\nwheel: <name: 'a' version: [|'version:2'|] match_tag: <platform: 'win32'>>\nwheel: <name: 'b' version: 'version:1'> wheel: <name: 'b' version: [|'version:2'|]>",
        "'a' is wanted in 'version:1' at line 2, and here in 'version:2', on windows-x86-py3.8. Remove one of the two, or tell them apart by their tags.",
        "'b' is wanted in 'version:1' at line 4, and here in 'version:2', on every platform. Remove one of the two, or tell them apart by their tags.");

    [Fact]
    public void Tags_tell_versions_apart() => _test.Finds(
        "wheel: <name: 'a' version: 'version:1' match_tag: <platform: 'win32'>> wheel: <name: 'a' version: 'version:2' not_match_tag: <platform: 'win32'>> wheel: <name: 'b' version: 'version:1'> wheel: <name: 'b' version: 'version:1'>");

    [Fact]
    public void Where_no_platform_is_known_wheels_without_tags_are_judged() => _test.Finds(
        "python_version: '2.7' wheel: <name: 'a' version: 'version:1'> wheel: <name: 'a' version: [|'version:2'|]> wheel: <name: 'a' version: 'version:3' match_tag: <abi: 'cp27m'>>");
}
