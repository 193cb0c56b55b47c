using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class SpecHighlightsTests
{
    [Theory]
    [InlineData("wheel: <name: \"infra/python/wheels/[|s$$ix|]-py3\">\nwheel: <name: \"infra/python/wheels/[|six|]-py2\">\nwheel: <name: \"infra/python/wheels/sixty-py2\">")]
    [InlineData("wheel: <name: $$[|\"infra/python/\" \"wheels/six-py3\"|]>\nwheel: <name: \"infra/python/wheels/[|six|]-py2\">")]
    [InlineData("wheel: [|$$<|]match_tag: <>[|>|]")]
    [InlineData("wheel: <match_tag: [|<|]abi: \"x\"[|>$$|] >")]
    [InlineData("[|whe$$el|]: <>\n[|wheel|]: <name: \"wheel\">")]
    [InlineData("wheel: <name: \"infra/python/wheels/a/${[|vpython_platform$$|]}\">\nwheel: <name: \"b/${[|vpython_platform|]}-${os}\">")]
    [InlineData("wheel: <match_tag: <platform: $$[|\"win32\"|]> >\nverify_pep425_tag: <platform: [|\"win32\"|] abi: \"none\">")]
    [InlineData("# $$words\nwheel: <>")]
    [InlineData("wheel$$: <>")]
    public void What_is_like_the_place_of_the_cursor_is_marked(string marked)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(marked))
        {
            // Beside a colon the cursor means the name before it.
            IEnumerable<TextSpan> expected = marked.StartsWith("wheel$$", StringComparison.Ordinal) ? [spec.Analysis.Tree.Root.Fields[0].NameSpan] : spec.Spans;
            Assert.Equal(expected, SpecHighlights.At(spec.Analysis, spec.Cursor));
        }
    }

    [Fact]
    public void A_bracket_of_a_list_marks_the_other_one()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: $$[{}, {}]$$"))
        {
            foreach (int cursor in spec.Cursors) Assert.Equal(["[", "]"], SpecHighlights.At(spec.Analysis, cursor).Select(spec.Text.ToString));
        }
    }

    [Fact]
    public void A_guard_marks_both_guards()
    {
        var spec = MarkedSpec.Parse("embedded", "# [|[VPY$$THON:BEGIN]|]\n# wheel: <>\n# [|[VPYTHON:END]|]\n", "/src/x.py");
        Assert.Equal(spec.Spans, SpecHighlights.At(spec.Analysis, spec.Cursor));
    }

    [Fact]
    public void Any_text_has_marks_in_it_and_never_fails() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random, 4))
            Assert.All(SpecHighlights.At(spec, offset), span => Assert.True(span.Start >= 0 && span.End <= spec.Text.Length));
    });
}
