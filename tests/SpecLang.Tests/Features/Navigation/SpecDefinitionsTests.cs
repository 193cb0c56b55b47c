using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Tests.Analysis;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class SpecDefinitionsTests
{
    private static readonly SpecAnalysis _common = MarkedSpec.Analyze("wheel: <name: \"infra/python/wheels/six-py2_py3\">\n", "/repo/.vpython3");
    private static readonly SpecAnalysis _nearer = MarkedSpec.Analyze("wheel: <name: \"infra/python/wheels/other-py3\">\n", "/repo/elsewhere/.vpython3");

    [Fact]
    public void A_wheel_comes_from_the_nearest_common_spec_above()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: <name: \"infra/python/wheels/[|s$$ix|]-py3\">", "/repo/tools/deep"))
        {
            FileLocation place = Assert.Single(SpecDefinitions.Find([_nearer, _common], spec.Analysis, spec.Cursor));
            // A common spec copies from nobody.
            bool isCommon = spec.Text.Path.EndsWith("/.vpython3", StringComparison.Ordinal);
            Assert.Equal(isCommon ? spec.Text.Path : "/repo/.vpython3", place.Path);
            Assert.Equal("six", (isCommon ? spec.Text : _common.Text).ToString(place.Span!.Value));
            Assert.Equal(Assert.Single(spec.Spans), place.Origin);
        }
    }

    [Fact]
    public void A_wheel_that_no_common_spec_has_comes_from_itself()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: <name: \"infra/python/wheels/[|p$$sutil|]-py3\">", "/repo"))
            Assert.Equal(new FileLocation(spec.Text.Path, Assert.Single(spec.Spans), spec.Spans[0]), Assert.Single(SpecDefinitions.Find([_common], spec.Analysis, spec.Cursor)));
    }

    [Fact]
    public void A_guard_leads_to_the_spec_that_the_script_gets()
    {
        const string Script = "# [VPYTHON:$$BEGIN]\n# python_version: \"3\"\n# [VPYTHON:END]\n";
        string text = Script.Replace("$$", "", StringComparison.Ordinal);
        var alone = new MemoryWorkspace { Files = new MemoryFiles().With("/a/x.py", text) };
        var shadowed = new MemoryWorkspace { Files = new MemoryFiles().With("/a/x.py", text).With("/a/x.py.vpython3", "") };
        var spec = MarkedSpec.Parse("", Script, "/a/x.py", alone);
        Assert.Equal(("/a/x.py", spec.Analysis.Document.Region!.BeginGuard), Describe(SpecDefinitions.Find([], spec.Analysis, spec.Cursor)));
        spec = MarkedSpec.Parse("", Script, "/a/x.py", shadowed);
        Assert.Equal(("/a/x.py.vpython3", null), Describe(SpecDefinitions.Find([], spec.Analysis, spec.Cursor)));
    }

    [Fact]
    public void The_first_line_of_a_script_leads_to_its_spec_and_that_of_the_spec_back()
    {
        const string Script = "#!/usr/bin/env vpy$$thon3\nimport os\n";
        var workspace = new MemoryWorkspace { Files = new MemoryFiles().With("/a/x.py", Script.Replace("$$", "", StringComparison.Ordinal)).With("/a/x.py.vpython3", "").With("/a/.vpython3", "") };
        var script = MarkedSpec.Parse("", Script, "/a/x.py", workspace);
        Assert.Equal(("/a/x.py.vpython3", null), Describe(SpecDefinitions.Find([], script.Analysis, script.Cursor)));
        var partner = MarkedSpec.Parse("", "pyth$$on_version: \"3.11\"\n", "/a/x.py.vpython3", workspace);
        Assert.Equal(("/a/x.py", null), Describe(SpecDefinitions.Find([], partner.Analysis, partner.Cursor)));
        var elsewhere = MarkedSpec.Parse("", "python_version: \"3.11\"\n$$", "/a/x.py.vpython3", workspace);
        Assert.Empty(SpecDefinitions.Find([], elsewhere.Analysis, elsewhere.Cursor));
        var other = MarkedSpec.Parse("", "#!/usr/bin/env pyth$$on3\n", "/a/x.py", workspace);
        Assert.Empty(SpecDefinitions.Find([], other.Analysis, other.Cursor));
    }

    [Fact]
    public void A_path_in_a_comment_leads_to_its_file()
    {
        var workspace = new MemoryWorkspace { Files = new MemoryFiles().With("/src/.git", "").With("/src/tools/x.py", "") };
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("# Used by: [|//tools$$/x.py|]\nwheel: <>", "/src", workspace))
            Assert.Equal(new FileLocation("/src/tools/x.py", null, Assert.Single(spec.Spans)), Assert.Single(SpecDefinitions.Find([], spec.Analysis, spec.Cursor)));
    }

    [Fact]
    public void Any_text_can_be_asked() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random, 4))
            Assert.All(SpecDefinitions.Find([spec], spec, offset), place => Assert.True(place.Origin.Touches(offset) || place.Span == place.Origin));
    });

    private static (string, VPythonTools.SpecLang.Text.TextSpan?) Describe(IEnumerable<FileLocation> places) => (places.Single().Path, places.Single().Span);
}
