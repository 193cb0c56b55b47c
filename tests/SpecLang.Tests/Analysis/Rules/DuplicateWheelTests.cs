using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class DuplicateWheelTests
{
    private readonly RuleTest<DuplicateWheel> _test = new();

    [Fact]
    public void The_second_of_two_equal_wheels_is_found_and_removed() => _test.Fixes(
        """
        wheel: < name: "a" version: "version:1" >
        # Used by: tool
        wheel: <
          version: "version:1"
          name: [|"a"|]
        >
        wheel: < name: "b" version: "version:1" >
        """,
        """
        wheel: < name: "a" version: "version:1" >
        # Used by: tool
        wheel: < name: "b" version: "version:1" >
        """);

    [Fact]
    public void A_wheel_with_comments_of_its_own_is_not_removed_without_a_look()
    {
        const string Spec = "wheel: <name: 'a'>\n# above\nwheel: <\n  name: [|'a'|]  # why\n>\n";
        _test.Fixes(Spec, "wheel: <name: 'a'>\n# above\n", withUnsafe: true);
        Assert.All(_test.Find(Spec.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)), static finding => Assert.Equal(FixSafety.Unsafe, Assert.Single(finding.Fixes).Safety));
    }

    [Fact]
    public void It_is_removed_from_a_list_and_a_line() => _test.Fixes(
        "wheel: [{name: 'a'}, {name: [|'a'|]}, {name: 'b'}] wheel: <name: [|'b'|]>",
        "wheel: [{name: 'a'}, {name: 'b'}] ");

    [Fact]
    public void It_is_removed_within_a_script()
    {
        var script = new RuleTest<DuplicateWheel> { Path = "/src/tool.py" };
        script.Fixes(
            "x = 1\n# [VPYTHON:BEGIN]\n# wheel: <name: 'a'>\n# wheel: <\n#   name: [|'a'|]\n# >\n# [VPYTHON:END]\n",
            "x = 1\n# [VPYTHON:BEGIN]\n# wheel: <name: 'a'>\n# [VPYTHON:END]\n");
    }

    [Fact]
    public void Other_versions_tags_and_wheels_without_a_name_are_no_duplicates() => _test.Finds(
        """
        wheel: < name: "a" version: "version:1" >
        wheel: < name: "a" version: "version:2" >
        wheel: < name: "a" version: "version:1" match_tag: < platform: "win32" > >
        wheel: < >
        wheel: < >
        """);

    [Fact]
    public void The_message_says_where_the_first_one_is() => _test.Finds(
        "\nwheel: <name: 'a'>\nwheel: <name: [|'a'|]>",
        "'a' in this version stands at line 2 already. Remove one of the two.");

    [Fact]
    public void A_comment_suppresses_it() => _test.Finds("wheel: <name: 'a'>\n# vpython: disable=VPY2301 -- on purpose\nwheel: <name: 'a'>\nwheel: <name: 'a'>  # vpython: disable=all\n");

    [Fact]
    public void A_setting_turns_it_off()
    {
        var off = new RuleTest<DuplicateWheel> { Settings = { ["vpython_diagnostic.vpy2301.severity"] = "none" } };
        off.Finds("wheel: <name: 'a'>\nwheel: <name: 'a'>");
    }
}
