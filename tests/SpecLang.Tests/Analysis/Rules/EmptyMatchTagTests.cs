using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class EmptyMatchTagTests
{
    private readonly RuleTest<EmptyMatchTag> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void One_among_others_is_removed_safely() => _test.Fixes(
        "wheel: <\n  name: 'a'\n  match_tag: [|<>|]\n  match_tag: <platform: 'win32'>\n>\nwheel: <match_tag: [{abi: 'none'}, [|{}|]]>",
        "wheel: <\n  name: 'a'\n  match_tag: <platform: 'win32'>\n>\nwheel: <match_tag: [{abi: 'none'}]>");

    [Fact]
    public void The_only_one_is_removed_when_asked() => _test.Fixes("wheel: <\n  name: 'a'\n  match_tag: [|<>|]\n>", "wheel: <\n  name: 'a'\n>", withUnsafe: true);

    [Fact]
    public void The_message_says_what_comes_of_it() => _test.Finds(
        "wheel: <match_tag: [|<>|]> wheel: <match_tag: [|<platform: ''>|] match_tag: <abi: 'none'>>",
        "A tag without any part matches no platform, so the wheel is never installed. Write what is to match, or remove it.",
        "A tag without any part matches no platform. Write what is to match, or remove it.");

    [Fact]
    public void Tags_with_a_part_and_not_match_tag_are_not_found() => _test.Finds("wheel: <match_tag: <abi: 'none'>> wheel: <not_match_tag: <>>");
}
