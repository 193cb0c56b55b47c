using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class EmptySpecTests
{
    [Theory]
    [InlineData("[||]")]
    [InlineData("[||]\n  \r\n")]
    public void A_spec_with_nothing_in_it_is_found(string text) => new RuleTest<EmptySpec>().Finds(
        text,
        "This spec is empty: who gets it runs without packages, and no other spec is looked for. Write what is needed, or a comment that says that nothing is.");

    [Fact]
    public void So_is_one_within_a_script() => Script().Finds("# [|[VPYTHON:BEGIN]|]\n#\n# [VPYTHON:END]\n");

    [Theory]
    [InlineData("# Nothing, on purpose.\n")]
    [InlineData("python_version: '3.11'")]
    [InlineData("not a spec")]
    public void One_with_a_field_or_a_comment_is_not(string text) => new RuleTest<EmptySpec>().Finds(text);

    [Fact]
    public void Guards_without_a_line_between_are_no_spec() => Script().Finds("# [VPYTHON:BEGIN]\n# [VPYTHON:END]\n");

    private static RuleTest<EmptySpec> Script() => new() { Path = "/src/tool.py" };
}
