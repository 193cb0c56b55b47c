using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnknownSuppressionCodeTests
{
    private readonly RuleTest<UnknownSuppressionCode> _test = new();

    [Fact]
    public void A_code_that_is_written_otherwise_is_written_right() => _test.Fixes(
        "# vpython: disable=[|2301|], vpy4101, [|VPY-1001|] -- reason\nwheel: <>\n",
        "# vpython: disable=VPY2301, vpy4101, VPY1001 -- reason\nwheel: <>\n");

    [Fact]
    public void The_message_says_what_was_meant_or_where_the_codes_are() => _test.Finds(
        "# vpython: disable-file=[|duplicate|],[|2301|]\n",
        "'duplicate' is no code of a finding, so this suppresses nothing. 'vpython3 rule --all' lists the codes.",
        "'2301' is no code of a finding, so this suppresses nothing. Write 'VPY2301'.");

    [Fact]
    public void Codes_that_there_are_are_known() => _test.Finds("# vpython: disable=VPY1001,vpy2301,all\nwheel: <>\n");

    [Fact]
    public void An_unknown_code_is_not_also_one_without_effect()
    {
        var result = SpecLang.Analysis.SpecAnalyzer.Analyze(
            SpecLang.Documents.SpecDocument.Parse(SpecLang.Text.SourceText.From("# vpython: disable=nothing,VPY2301\n", ".vpython3"), SpecLang.Documents.DocumentKind.Spec),
            SpecLang.Analysis.AnalysisHost.Default,
            SpecLang.Analysis.AnalysisSettings.Default,
            TestContext.Current.CancellationToken);

        Assert.Equal(["VPY2301"], SpecLang.Analysis.SpecAnalyzer.FindUnusedSuppressions(result).Select(found => result.Spec.Text.ToString(found.Span)));
    }
}
