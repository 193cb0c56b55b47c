using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class CancellingTagsTests
{
    private readonly RuleTest<CancellingTags> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_match_tag_is_removed_where_the_wheel_has_another() => _test.Fixes(
        "wheel: <\n  name: 'a'\n  match_tag: [|<abi: 'cp38' platform: 'win32'>|]\n  match_tag: <platform: 'win_amd64'>\n  not_match_tag: <platform: 'win32'>\n>",
        "wheel: <\n  name: 'a'\n  match_tag: <platform: 'win_amd64'>\n  not_match_tag: <platform: 'win32'>\n>");

    [Fact]
    public void The_message_says_what_comes_of_it() => _test.Finds(
        "wheel: <match_tag: [|<platform: 'win32'>|]\nnot_match_tag: <platform: 'win32'>>",
        "The 'not_match_tag' at line 2 excludes every platform that this matches, so the wheel is never installed. Remove one of the two.");

    [Fact]
    public void A_wheel_that_is_never_installed_has_no_fix() => Assert.Empty(_test.Find("wheel: <match_tag: <platform: 'win32'> not_match_tag: <platform: 'win32'>>")[0].Fixes);

    [Fact]
    public void What_excludes_less_or_nothing_is_not_found() => _test.Finds(
        "wheel: <match_tag: <platform: 'win32'> not_match_tag: <abi: 'cp38' platform: 'win32'>> wheel: <match_tag: <platform: 'win32'> not_match_tag: <>> wheel: <match_tag: <abi: 'a'> not_match_tag: <platform: 'win32'>>");
}
