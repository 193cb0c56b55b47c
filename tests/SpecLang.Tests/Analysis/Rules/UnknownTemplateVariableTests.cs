using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnknownTemplateVariableTests
{
    private readonly RuleTest<UnknownTemplateVariable> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("${vpython-platform}", "${vpython_platform}")]
    [InlineData("${VPython_Platform}", "${vpython_platform}")]
    public void What_is_spelt_otherwise_is_mended_safely(string written, string mended) => _test.Fixes($"wheel: <name: [|'a/{written}'|]>", $"wheel: <name: \"a/{mended}\">");

    [Theory]
    [InlineData("${vpython_plattform}", "${vpython_platform}")]
    [InlineData("${platform}_${py_version}_${py_abi}", "${platform}_${py_python}_${py_abi}")]
    [InlineData("${platfrom=linux-amd64,mac-arm64}", "${platform=linux-amd64,mac-arm64}")]
    public void What_is_near_is_mended_when_asked(string written, string mended) => _test.Fixes($"wheel: <name: [|'a/{written}'|]>", $"wheel: <name: \"a/{mended}\">", withUnsafe: true);

    [Fact]
    public void The_message_lists_all_when_none_is_near() => _test.Finds(
        "wheel: <name: [|'a/${something}'|]> wheel: <name: [|'a/${vpython_plaform}'|]>",
        "There is no template variable 'something'. Known are vpython_platform, platform, os, arch, py_python, py_abi, py_platform, py_tag.",
        "There is no template variable 'vpython_plaform'. Write 'vpython_platform'.");

    [Fact]
    public void All_that_there_are_are_known() => _test.Finds("wheel: <name: 'a/${os}/${arch}/${platform}/${py_python}/${py_abi}/${py_platform}/${py_tag}/${vpython_platform}'>");
}
