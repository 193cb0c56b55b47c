using System.Collections.Immutable;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class SelectionRangesTests
{
    [Fact]
    public void A_name_grows_from_its_word_to_the_spec() => Grows(
        """
        [|python_version: "3.11"
        [|wheel: [|<[|
          [|name: [|"[|infra/python/wheels/[|psu$$til|]/${os}|]"|]|]
          version: "version:1"
        |]>|]|]|]
        """);

    [Fact]
    public void A_variable_grows_from_its_name_to_the_part_of_the_name() => Grows(
        """
        [|wheel: [|<[|name: [|"[|a/[|b${[|vpython_plat$$form|]}|]/c|]"|]|]>|]|]
        """);

    [Fact]
    public void A_comment_grows_from_its_word_to_what_is_around_it() => Grows(
        """
        [|wheel: [|<[|
          [|# [|Used [|b$$y|]: //x.py|]|]
          name: "a"
        |]>|]|]
        """);

    [Fact]
    public void An_element_of_a_list_grows_to_the_list() => Grows(
        """
        [|wheel: [|[[|{}, [|{[|a: [|$$1|]|]}|]|]]|]|]
        """);

    [Fact]
    public void What_a_script_has_around_its_spec_has_no_ranges() =>
        Assert.Empty(SelectionRanges.At(MarkedSpec.Analyze("import six\n# [VPYTHON:BEGIN]\n#\n# [VPYTHON:END]\n", "/src/x.py"), 3));

    [Fact]
    public void Ranges_of_any_text_hold_the_offset_and_grow() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random))
        {
            var last = new TextSpan(offset, 0);
            foreach (TextSpan span in SelectionRanges.At(spec, offset))
            {
                Assert.True(span.Contains(last) && span.Length > last.Length && span.End <= spec.Text.Length);
                last = span;
            }
        }
    });

    private static void Grows(string marked)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(marked + "\n"))
        {
            ImmutableArray<TextSpan> ranges = SelectionRanges.At(spec.Analysis, spec.Cursor);
            // The last ones are the text between the guards, and the guards with it: the whole of a standalone spec.
            Assert.Equal(spec.Spans.Reverse(), ranges.Where(range => range.Length < spec.Analysis.Document.Region!.Span.Length));
            Assert.Equal(spec.Analysis.Document.Region!.IsEmbedded ? spec.Analysis.Document.Region.EndGuard!.Value.End : spec.Text.Length, ranges[^1].End);
        }
    }
}
