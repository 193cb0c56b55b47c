using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class WorkspaceAnalyzerTests
{
    private const string Wheel = "wheel: <\n  name: \"custom/a\"\n  version: \"version:1\"\n>\n";

    [Fact]
    public void Many_documents_have_the_results_of_each_alone_in_their_order()
    {
        ImmutableArray<SpecDocument> documents = [.. Enumerable.Range(0, 50).Select(static i => Document($"/f{i:00}.vpython3", string.Concat(Enumerable.Repeat(Wheel, i % 4))))];
        ImmutableArray<WorkspaceResult> results = WorkspaceAnalyzer.Analyze(documents, AnalysisHost.Default, static _ => AnalysisSettings.Default, TestContext.Current.CancellationToken);
        Assert.Equal(documents, results.Select(static result => result.Own.Spec.Document));
        Assert.All(results, static (result, i) => Assert.Equal(Math.Max(0, i % 4 - 1), result.Diagnostics.Count(static diagnostic => diagnostic.Id == "VPY2301")));
    }

    [Fact]
    public void All_documents_are_mended_and_none_gets_worse()
    {
        SpecDocument[] documents = [Document("/a.vpython3", Wheel + Wheel + Wheel), Document("/b.vpython3", Wheel), Document("/c.vpython3", Wheel + Wheel + "nonsense: 1\n")];
        ImmutableArray<WorkspaceResult> results = WorkspaceFixer.Fix([.. documents], AnalysisHost.Default, static _ => AnalysisSettings.Default, static diagnostic => diagnostic.Id == "VPY2301", withUnsafe: false, out int count);
        Assert.Equal(3, count);
        Assert.Equal([Wheel, Wheel, Wheel + "nonsense: 1\n"], results.Select(static result => result.Own.Spec.Text.ToString()));
        Assert.All(results, static result => Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Id == "VPY2301"));
    }

    [Fact]
    public void A_suppression_without_effect_is_found_when_all_rules_have_spoken()
    {
        SpecDocument[] documents = [Document("/a.vpython3", "# vpython: disable=VPY2301\n" + Wheel), Document("/b.vpython3", Wheel + "# vpython: disable=VPY2301\n" + Wheel)];
        ImmutableArray<WorkspaceResult> results = WorkspaceAnalyzer.Analyze([.. documents], AnalysisHost.Default, static _ => AnalysisSettings.Default, TestContext.Current.CancellationToken);
        Assert.Equal([true, false], results.Select(static result => result.Diagnostics.Any(static diagnostic => diagnostic.Id == "VPY4101")));
        Assert.All(results, static result => Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Id == "VPY2301"));
    }

    private static SpecDocument Document(string path, string text) => SpecDocument.Parse(SourceText.From(text, path), DocumentKind.Spec);
}
