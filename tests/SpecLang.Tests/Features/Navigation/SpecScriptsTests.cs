using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Tests.Analysis;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class SpecScriptsTests
{
    private const string Embedded = "# [VPYTHON:BEGIN]\n# python_version: \"3\"\n# [VPYTHON:END]\n";

    private static readonly MemoryWorkspace _workspace = new()
    {
        Files = new MemoryFiles()
            .With("/r/.git", "").With("/r/.vpython3", "").With("/r/a.py", "").With("/r/own.py", Embedded).With("/r/partnered.py", Embedded).With("/r/partnered.py.vpython3", "")
            .With("/r/sub/b.py", "").With("/r/sub/tool", "").With("/r/other/.vpython3", "").With("/r/other/c.py", "").With("/r/notes.md", "").With("/r/package/__main__.py", "").With("/r/package.vpython3", ""),
    };

    [Theory]
    [InlineData("/r/own.py", Embedded, "/r/own.py")]
    [InlineData("/r/partnered.py", Embedded, "")]
    [InlineData("/r/partnered.py.vpython3", "", "/r/partnered.py")]
    [InlineData("/r/gone.py.vpython3", "", "")]
    [InlineData("/r/package.vpython3", "", "/r/package")]
    [InlineData("/r/.vpython3", "# Used by: //sub/b.py, sub/tool, //other/c.py and //notes.md\n", "/r/a.py /r/sub/b.py /r/sub/tool")]
    [InlineData("untitled", "", "")]
    public void Scripts_of_a_spec_are_those_that_get_it(string path, string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', SpecScripts.Of(MarkedSpec.Analyze(text, path, _workspace))));

    [Theory]
    [InlineData("/r/own.py", SpecOrigin.Embedded, "/r/own.py", "between [VPYTHON:BEGIN]")]
    [InlineData("/r/partnered.py", SpecOrigin.Partner, "/r/partnered.py.vpython3", "its name")]
    [InlineData("/r/sub/b.py", SpecOrigin.Common, "/r/.vpython3", "nearest")]
    [InlineData("/q/x.py", SpecOrigin.None, null, "does not exist")]
    [InlineData("Untitled-1", SpecOrigin.None, null, "not saved")]
    public void A_script_gets_its_spec_for_a_reason(string script, SpecOrigin origin, string? path, string reason)
    {
        var spec = EffectiveSpec.Of(_workspace.Files, script);
        Assert.Equal((origin, path, origin == SpecOrigin.Embedded), (spec.Origin, spec.Path, spec.Guard is not null));
        Assert.Contains(reason, spec.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_can_be_asked() => BrokenTexts.Check(static (spec, _) => Assert.Empty(SpecScripts.Of(spec)));
}
