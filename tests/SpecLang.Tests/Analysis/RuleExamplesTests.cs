using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>The documentation of rules that judge a spec by itself: its example has the finding, and the mended one has not.</summary>
public sealed class RuleExamplesTests
{
    public static TheoryData<string> Ids => [.. RuleList.OfSpec.Where(static rule => rule.Descriptor.Category is >= DiagnosticCategory.PythonVersion and <= DiagnosticCategory.Tags).Select(static rule => rule.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_has_the_finding_and_the_mended_one_has_not(string id)
    {
        RuleDocumentation documentation = RuleList.All.Single(rule => rule.Descriptor.Id == id).Documentation;
        Assert.Contains(id, Find(documentation.Example));
        Assert.DoesNotContain(id, Find(documentation.Instead));
    }

    private static IEnumerable<string> Find(string text)
    {
        var document = SpecDocument.Parse(SourceText.From(text, "/src/.vpython3"), DocumentKind.Spec);
        AnalysisResult result = SpecAnalyzer.Analyze(document, new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default);
        Assert.False(result.Spec.Bound.HasErrors);
        return result.Diagnostics.Select(static diagnostic => diagnostic.Id);
    }
}
