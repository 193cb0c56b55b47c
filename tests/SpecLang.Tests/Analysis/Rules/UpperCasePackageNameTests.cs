using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UpperCasePackageNameTests
{
    private readonly RuleTest<UpperCasePackageName> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void It_is_written_in_lower_case_but_for_variables() => _test.Fixes("wheel: <name: [|'Infra/python/wheels/PyYAML/${X}'|]>", "wheel: <name: \"infra/python/wheels/pyyaml/${X}\">");

    [Fact]
    public void It_is_mended_within_a_script() => new RuleTest<UpperCasePackageName> { Path = "/src/tool.py" }.Fixes(
        "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: [|\"A\"|]\n# >\n# [VPYTHON:END]\n",
        "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: \"a\"\n# >\n# [VPYTHON:END]\n");

    [Fact]
    public void The_message_says_what_to_write() => _test.Finds("wheel: <name: [|'A'|]>", "No package can have upper-case letters in its name. Write 'a'.");

    [Fact]
    public void Names_that_have_more_wrong_and_lower_case_are_not_found() => _test.Finds("wheel: <name: 'A b'> wheel: <name: 'a'> wheel: <name: ''> wheel: <name: 'a/${X}'>");
}
