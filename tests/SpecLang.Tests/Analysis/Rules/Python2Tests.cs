using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class Python2Tests
{
    private readonly RuleTest<Python2> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void It_is_found_and_the_message_says_what_there_is() => _test.Finds(
        "python_version: [|\"2.7\"|]",
        "vpython3 runs Python 3, and this asks for '2.7'. Port the scripts and ask for '3.8' or '3.11', or name the file for 'vpython' if they still run with that.");

    [Fact]
    public void The_tool_for_Python_2_may_have_it()
    {
        new RuleTest<Python2> { Path = "/src/.vpython" }.Finds("python_version: \"2.7\"");
        new RuleTest<Python2> { Path = "/src/tool.py" }.Finds("#!/usr/bin/env vpython\n# [VPYTHON:BEGIN]\n# python_version: \"2.7\"\n# [VPYTHON:END]\n");
        new RuleTest<Python2> { Path = "/src/tool.py" }.Finds("#!/usr/bin/env vpython3\n# [VPYTHON:BEGIN]\n# python_version: [|\"2.7\"|]\n# [VPYTHON:END]\n");
    }

    [Fact]
    public void Who_has_configured_it_has_it() => new RuleTest<Python2> { Settings = { ["vpython_pythons"] = "2.7, 3.11" } }.Finds("python_version: \"2.7\"");

    [Fact]
    public void Python_3_is_not_found() => _test.Finds("python_version: \"3.11\"");
}
