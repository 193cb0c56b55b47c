using VPythonTools.SpecLang.Features.Formatting;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Formatting;

public sealed class RangeFormattingTests
{
    [Fact]
    public void Only_fields_that_the_range_reaches_are_laid_out()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            wheel :  <name:"a">
            wheel :  <na[|me:"b">
            wheel|] :  <name:"c">
            wheel :  <name:"d">
            """))
        {
            string expected = string.Concat(MarkedSpec.InAllForms("""
                wheel :  <name:"a">
                wheel: <
                  name: "b"
                >
                wheel: <
                  name: "c"
                >
                wheel :  <name:"d">
                """).Single(other => other.Form == spec.Form).Text);
            Assert.Equal(expected, spec.Text.WithChanges(RangeFormatting.Format(spec.Analysis, Assert.Single(spec.Spans))).ToString());
        }
    }

    [Fact]
    public void What_the_range_does_not_reach_stays_and_the_whole_range_is_the_whole_format() => BrokenTexts.Check(static (spec, random) =>
    {
        Assert.Equal(SpecFormatter.Format(spec.Tree, spec.Settings.Format), RangeFormatting.Format(spec, new(0, spec.Text.Length)));
        int[] bounds = [random.Next(spec.Text.Length + 1), random.Next(spec.Text.Length + 1)];
        SourceText changed = spec.Text.WithChanges(RangeFormatting.Format(spec, TextSpan.FromBounds(bounds.Min(), bounds.Max())));
        Assert.Equal(spec.Bound.Spec, MarkedSpec.Analyze(changed, spec.Document.Kind).Bound.Spec);
    });
}
