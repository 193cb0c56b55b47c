using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class LayoutTests
{
    [Fact]
    public void A_spec_is_laid_out_as_by_the_formatter()
    {
        new RuleTest<Layout>().Fixes("python_version: \"3.11\"\nwheel[| |]{ name:\"a\" }\n", "python_version: \"3.11\"\nwheel: <\n  name: \"a\"\n>\n");
    }

    [Fact]
    public void So_is_one_within_a_script() => new RuleTest<Layout> { Path = "/src/tool.py" }.Fixes(
        "x  =  1\n# [VPYTHON:BEGIN]\n# python_version[| |]: \"3.11\"\n# [VPYTHON:END]\n",
        "x  =  1\n# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n# [VPYTHON:END]\n");

    [Fact]
    public void The_settings_of_the_formatter_hold()
    {
        const string Text = "wheel: <\n    name: \"b\"\n>\nwheel: <\n    name: \"a\"\n>\n";
        new RuleTest<Layout> { Settings = { ["vpython_indent_size"] = "4", ["vpython_sort_wheels"] = "true" } }.Finds(Text);
        Assert.Single(new RuleTest<Layout>().Find(Text));
    }

    [Fact]
    public void A_broken_spec_and_one_in_style_are_left_alone()
    {
        new RuleTest<Layout>().Finds("wheel  <");
        new RuleTest<Layout>().Finds("# Nothing.\n");
        new RuleTest<Layout>().Finds("python_version: \"3.11\"\n");
    }
}
