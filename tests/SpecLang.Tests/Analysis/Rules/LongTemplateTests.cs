using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class LongTemplateTests
{
    private readonly RuleTest<LongTemplate> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_short_form_is_written() => _test.Fixes("wheel: <name: [|'a/${platform}_${py_python}_${py_abi}'|]>", "wheel: <name: \"a/${vpython_platform}\">");

    [Fact]
    public void The_message_names_both() => _test.Finds(
        "wheel: <name: [|'a/${platform}_${py_python}_${py_abi}'|]>",
        "'${vpython_platform}' is the same as '${platform}_${py_python}_${py_abi}', and how packages are listed. Write that.");

    [Fact]
    public void Other_templates_and_the_former_tool_are_not_found()
    {
        _test.Finds("wheel: <name: 'a/${vpython_platform}'> wheel: <name: 'a/${platform}_${py_python}'> wheel: <name: 'a/x${platform}_${py_python}_${py_abi}'>");
        new RuleTest<LongTemplate> { Path = "/src/.vpython" }.Finds("wheel: <name: 'a/${platform}_${py_python}_${py_abi}'>");
    }
}
