using System.Collections.Immutable;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class FoldingRangesTests
{
    [Fact]
    public void Blocks_lists_comments_and_long_strings_fold()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            # One.[|
            # Two.
            # Three.|]

            # Alone.

            wheel: <[|
              # a[|
              # b|]
              name: <<END[|
                six
              END|]
              version: "a"[|
                "b"|]
              match_tag: {[|
                abi: "x" |]}
              not_match_tag: {abi: "x"}
            |]>
            verify_pep425_tag: [[|
              {python: "cp311"}
            |]]  # behind
            # c[|
            # d|]
            """.Replace("\n|]", "|]\n", StringComparison.Ordinal)))
        {
            Assert.Equal(spec.Spans, FoldingRanges.Of(spec.Analysis).Where(static range => range.Kind != FoldingKind.Region).Select(static range => range.Span));
        }
    }

    [Fact]
    public void A_bracket_that_is_missing_does_not_keep_a_block_from_folding()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: <[|\n  name: \"a\"|]\nwheel: <[|\n  name: \"b\"|]\n"))
            Assert.Equal(spec.Spans, FoldingRanges.Of(spec.Analysis).Where(static range => range.Kind != FoldingKind.Region).Select(static range => range.Span));
    }

    [Fact]
    public void A_spec_in_a_script_folds_to_its_guards()
    {
        var spec = MarkedSpec.Parse("embedded", "# x\n# y\n# [VPYTHON:BEGIN][|\n# python_version: \"3.8\"|]\n# [VPYTHON:END]\n", "/src/x.py");
        Assert.Equal([new(Assert.Single(spec.Spans), FoldingKind.Region)], FoldingRanges.Of(spec.Analysis));
    }

    [Fact]
    public void Ranges_of_any_text_have_two_lines_and_lie_in_each_other_or_apart() => BrokenTexts.Check(static (spec, _) =>
    {
        ImmutableArray<FoldingRange> ranges = FoldingRanges.Of(spec);
        var around = new Stack<TextSpan>();
        foreach (TextSpan span in ranges.Select(static range => range.Span))
        {
            Assert.True(spec.Text.GetLine(span.Start) < spec.Text.GetLine(span.End));
            while (around.TryPeek(out TextSpan outer) && outer.End <= span.Start) around.Pop();
            Assert.True(!around.TryPeek(out TextSpan container) || container.Contains(span));
            around.Push(span);
        }
    });
}
