using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class EmptyNotMatchTagTests
{
    private readonly RuleTest<EmptyNotMatchTag> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void It_is_removed_within_a_script() => new RuleTest<EmptyNotMatchTag> { Path = "/src/tool.py" }.Fixes(
        "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: 'a'\n#   not_match_tag: [|< >|]\n# >\n# [VPYTHON:END]\n",
        "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: 'a'\n# >\n# [VPYTHON:END]\n");

    [Fact]
    public void The_message_says_what_comes_of_it() => _test.Finds("wheel: <not_match_tag: [|<>|]>", "A tag without any part matches no platform, so this excludes none. Write what is to be excluded, or remove it.");

    [Fact]
    public void Tags_with_a_part_and_match_tag_are_not_found() => _test.Finds("wheel: <not_match_tag: <abi: 'none'>> wheel: <match_tag: <>>");
}
