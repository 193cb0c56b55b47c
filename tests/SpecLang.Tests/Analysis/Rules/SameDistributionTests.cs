using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class SameDistributionTests
{
    private readonly RuleTest<SameDistribution> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_older_one_is_removed() => _test.Fixes(
        "wheel: <name: 'infra/python/wheels/google-auth-py2_py3' version: 'version:1.25.0'>\nwheel: <name: [|'infra/python/wheels/google-auth-py3'|] version: 'version:2.16.2'>\n",
        "wheel: <name: 'infra/python/wheels/google-auth-py3' version: 'version:2.16.2'>\n",
        withUnsafe: true);

    [Fact]
    public void The_message_names_both_and_the_platforms() => _test.Finds(
        "wheel: <name: 'a-py3' version: 'version:1'>\nwheel: <name: [|'a/${vpython_platform}'|] version: 'version:1' match_tag: <platform: 'win32'>>",
        "'a-py3' at line 1 and 'a/${vpython_platform}' are the same distribution, and windows-x86-py3.8, windows-x86-py3.11 gets both. Remove one of the two.");

    [Fact]
    public void Spelling_does_not_matter() => _test.Finds("wheel: <name: 'a_b-py3' version: 'version:1'> wheel: <name: [|'a-b-py3'|] version: 'version:1'>");

    [Fact]
    public void Equal_names_and_other_platforms_are_not_found() => _test.Finds(
        "wheel: <name: 'a-py3' version: 'version:1'> wheel: <name: 'a-py3' version: 'version:2'> wheel: <name: 'b-py3' version: 'version:1' match_tag: <platform: 'win32'>> wheel: <name: 'b-py2_py3' version: 'version:1' not_match_tag: <platform: 'win32'>>");
}
