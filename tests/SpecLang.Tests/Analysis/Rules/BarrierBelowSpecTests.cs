using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class BarrierBelowSpecTests
{
    private readonly MemoryFiles _files = new MemoryFiles()
        .With("/src/.vpython3", "")
        .With("/src/cut/.gclient", "")
        .With("/src/own/.gclient", "")
        .With("/src/own/.vpython3", "")
        .With("/src/plain/tool.py", "")
        .With("/src/deep/below/.gclient", "");

    [Fact]
    public void A_checkout_below_that_has_no_spec_is_found() => new RuleTest<BarrierBelowSpec> { Path = "/src/.vpython3", Files = _files }.Finds(
        "[|python_version|]: '3.11'",
        "Scripts in 'cut' do not get this spec: the search for it ends at 'cut/.gclient'. Put a spec there, too, if they are to have one.");

    [Theory]
    [InlineData("/src/own/.vpython3")]
    [InlineData("/src/tool.py.vpython3")]
    [InlineData("/nowhere/.vpython3")]
    public void The_barriers_own_spec_and_those_of_scripts_are_not_cut_off(string path) => new RuleTest<BarrierBelowSpec> { Path = path, Files = _files }.Finds("python_version: '3.11'");
}
