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

    [Theory]
    [InlineData("[|disable|] VPY2301", "disable=VPY2301")]
    [InlineData("[|dsable=|]VPY2301", "disable=VPY2301")]
    [InlineData("[|Disable-File:|] VPY2301,VPY2302", "disable-file=VPY2301,VPY2302")]
    [InlineData("[|disable =|] all", "disable=all")]
    public void A_misspelt_directive_is_written_right(string written, string mended) => _test.Fixes($"# vpython: {written} -- why\nwheel: <>\n", $"# vpython: {mended} -- why\nwheel: <>\n");

    [Fact]
    public void What_looks_like_a_directive_and_is_none_is_found() => _test.Finds(
        "# vpython: [|disable-next=|]VPY2301\n# vpython: [|enable=|]VPY2301\n# vpython: [|ignore=|]VPY2301\n# vpython: [|disable|]\n[|# vpython: disable=|]\nwheel: <>\n",
        "'disable-next=' is no directive, so this suppresses nothing. Write 'disable=CODE' above the element or behind it, or 'disable-file=CODE' for the whole spec.",
        "'enable=' is no directive, so this suppresses nothing. What is not suppressed is looked for; '.editorconfig' says how much it matters.",
        "'ignore=' is no directive, so this suppresses nothing. Write 'disable=CODE' above the element or behind it, or 'disable-file=CODE' for the whole spec.",
        "'disable' is no directive, so this suppresses nothing. Write 'disable=CODE'.",
        "'vpython: disable=' names no code, so this suppresses nothing. 'vpython3 rule --all' lists the codes.");

    [Theory]
    [InlineData("# vpython: disabled on bots, see below")]
    [InlineData("# vpython: the old one had VPY2301=error")]
    [InlineData("# vpython: python=3.8")]
    public void Comments_that_only_speak_of_the_tool_are_none(string comment) => _test.Finds(comment + "\nwheel: <>\n");

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
