using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class DifferentVersionsTests
{
    [Fact]
    public void The_version_of_most_specs_is_proposed_to_the_others()
    {
        WorkspaceFinding finding = Assert.Single(Find("wheel: <name: 'a' version: 'version:1'>", "wheel: <name: 'a' version: 'version:2'>", "wheel: <name: 'a' version: 'version:1'>"));

        Assert.Equal("/src/1/.vpython3", finding.Spec.Path);
        Assert.Equal("'a' is 2 here and 1 in 2 other specs, such as '/src/0/.vpython3'. Take the same version, unless there is a reason.", finding.Diagnostic.Message);
        Assert.Equal("'version:2'", finding.Spec.Text.ToString(finding.Diagnostic.Span));
        Assert.Equal("wheel: <name: 'a' version: \"version:1\">", finding.Spec.Text.WithChanges(finding.Diagnostic.Fixes[0].Changes).ToString());
    }

    [Fact]
    public void Of_two_the_newer_one_is()
    {
        WorkspaceFinding finding = Assert.Single(Find("wheel: <name: 'a' version: 'version:10'>", "wheel: <name: 'a' version: 'version:9'>"));

        Assert.Equal("'a' is 9 here and 10 in '/src/0/.vpython3'. Take the same version, unless there is a reason.", finding.Diagnostic.Message);
    }

    [Theory]
    [InlineData("wheel: <name: 'a' version: 'version:1'>", "wheel: <name: 'b' version: 'version:2'>")]
    [InlineData("python_version: '2.7' wheel: <name: 'a' version: 'version:1'>", "python_version: '3.11' wheel: <name: 'a' version: 'version:2'>")]
    [InlineData("wheel: <name: 'a' version: 'version:1'> wheel: <name: 'a' version: 'version:2' match_tag: <platform: 'win32'>>", "wheel: <name: 'a' version: 'version:3'>")]
    [InlineData("wheel: <name: 'a' version: 'latest'>", "wheel: <name: 'a' version: 'version:3'>")]
    [InlineData("wheel: <name: 'a' version: 'version:1'> oops", "wheel: <name: 'a' version: 'version:3'>")]
    public void Other_wheels_other_Pythons_and_versions_for_some_platforms_are_not_compared(params string[] specs) => Assert.Empty(Find(specs));

    private static WorkspaceFinding[] Find(params string[] specs)
    {
        var host = new AnalysisHost(SpecLang.Packages.Catalogue.PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1));
        SpecAnalysis[] all =
        [
            .. specs.Select((text, index) => SpecAnalyzer.Analyze(SpecDocument.Parse(SourceText.From(text, $"/src/{index}/.vpython3"), DocumentKind.Spec), host, AnalysisSettings.Default).Spec),
        ];
        return [.. new DifferentVersions().Analyze(new(host, [.. all]))];
    }
}
