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
        Assert.Equal("'a' is 2 here and 1 in 2 other specs, such as '../0/.vpython3'. Take the same version, unless there is a reason.", finding.Diagnostic.Message);
        Assert.Equal("'version:2'", finding.Spec.Text.ToString(finding.Diagnostic.Span));
        Assert.Equal("wheel: <name: 'a' version: \"version:1\">", finding.Spec.Text.WithChanges(finding.Diagnostic.Fixes[0].Changes).ToString());
    }

    [Fact]
    public void Of_two_the_newer_one_is()
    {
        WorkspaceFinding finding = Assert.Single(Find("wheel: <name: 'a' version: 'version:10'>", "wheel: <name: 'a' version: 'version:9'>"));

        Assert.Equal("'a' is 9 here and 10 in '../0/.vpython3'. Take the same version, unless there is a reason.", finding.Diagnostic.Message);
    }

    [Fact]
    public void The_path_is_that_from_the_root_of_the_repository_wherever_that_is()
    {
        string[] specs = ["wheel: <name: 'a' version: 'version:1'>", "wheel: <name: 'a' version: 'version:2'>"];
        Assert.EndsWith("2 in '1/.vpython3'. Take the same version, unless there is a reason.", Assert.Single(FindIn("/src", specs)).Diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(Assert.Single(FindIn("/src", specs)).Diagnostic.Message, Assert.Single(FindIn("/other/place", specs)).Diagnostic.Message);
    }

    [Fact]
    public void Versions_of_one_number_are_named_by_their_whole_text() => Assert.Equal(
        "'a' is 'version:2@1.16.0' here and 'version:1.16.0' in 2 other specs, such as '../1/.vpython3'. Take the same version, unless there is a reason.",
        Assert.Single(Find("wheel: <name: 'a' version: 'version:2@1.16.0'>", "wheel: <name: 'a' version: 'version:1.16.0'>", "wheel: <name: 'a' version: 'version:1.16.0'>")).Diagnostic.Message);

    [Theory]
    [InlineData("wheel: <name: 'a' version: ' version:1'>", "wheel: <name: 'a' version: 'version:1'>")]
    [InlineData("wheel: <name: 'a' version: 'version:1'>", "wheel: <name: 'b' version: 'version:2'>")]
    [InlineData("python_version: '2.7' wheel: <name: 'a' version: 'version:1'>", "python_version: '3.11' wheel: <name: 'a' version: 'version:2'>")]
    [InlineData("wheel: <name: 'a' version: 'version:1'> wheel: <name: 'a' version: 'version:2' match_tag: <platform: 'win32'>>", "wheel: <name: 'a' version: 'version:3'>")]
    [InlineData("wheel: <name: 'a' version: 'latest'>", "wheel: <name: 'a' version: 'version:3'>")]
    [InlineData("wheel: <name: 'a' version: 'version:1'> oops", "wheel: <name: 'a' version: 'version:3'>")]
    public void Other_wheels_other_Pythons_and_versions_for_some_platforms_are_not_compared(params string[] specs) => Assert.Empty(Find(specs));

    private static WorkspaceFinding[] Find(params string[] specs) => FindIn("", specs);

    private static WorkspaceFinding[] FindIn(string root, params string[] specs)
    {
        MemoryFiles files = root.Length == 0 ? new MemoryFiles() : new MemoryFiles().With($"{root}/.git", "");
        var host = new AnalysisHost(SpecLang.Packages.Catalogue.PackageCatalogue.BuiltIn, files, new(2026, 1, 1));
        if (root.Length == 0) root = "/src";
        SpecAnalysis[] all =
        [
            .. specs.Select((text, index) => SpecAnalyzer.Analyze(SpecDocument.Parse(SourceText.From(text, $"{root}/{index}/.vpython3"), DocumentKind.Spec), host, AnalysisSettings.Default).Spec),
        ];
        return [.. new DifferentVersions().Analyze(new(host, [.. all]))];
    }
}
