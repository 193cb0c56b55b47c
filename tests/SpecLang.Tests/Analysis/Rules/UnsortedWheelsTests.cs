using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnsortedWheelsTests
{
    private readonly RuleTest<UnsortedWheels> _test = new() { Settings = { ["vpython_sort_wheels"] = "true" } };

    [Fact]
    public void Wheels_are_sorted_with_their_comments_and_nothing_else_changes() => _test.Fixes(
        "wheel {name: \"a\"}\n# of b\nwheel: <\n name: [|\"c\"|]\n>\nwheel: <name: \"b\">  # b\n\n# Heading.\n\nwheel: <name: 'a'>\n",
        "wheel {name: \"a\"}\nwheel: <name: \"b\">  # b\n# of b\nwheel: <\n name: \"c\"\n>\n\n# Heading.\n\nwheel: <name: 'a'>\n");

    [Fact]
    public void They_are_sorted_within_a_script() => new RuleTest<UnsortedWheels> { Path = "/src/tool.py", Settings = _test.Settings }.Fixes(
        "# [VPYTHON:BEGIN]\n# wheel: <name: [|'b'|]>\n# wheel: <name: 'a'>\n# [VPYTHON:END]\n",
        "# [VPYTHON:BEGIN]\n# wheel: <name: 'a'>\n# wheel: <name: 'b'>\n# [VPYTHON:END]\n");

    [Fact]
    public void It_is_off_unless_settings_ask_for_it()
    {
        new RuleTest<UnsortedWheels>().Finds("wheel: <name: 'b'>\nwheel: <name: 'a'>\n");
        _test.Finds("wheel: <name: 'a'>\nwheel: <name: 'b'>\n");
    }
}
