using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>The law of fixes, for findings between specs: what is mended is no worse than it was, and the finding is gone. Held against specs that people wrote, as if some of them lay in one repository.</summary>
public sealed class WorkspaceFixPropertyTests
{
    private const int Repositories = 60;
    private const int SpecsInOne = 4;

    [Fact]
    public void Every_fix_between_specs_mends_its_finding_and_breaks_nothing()
    {
        CorpusFile[] specs = [.. CorpusFile.All.Where(static file => file.Kind == DocumentKind.Spec)];
        Assert.True(specs.Length > SpecsInOne);
        var mended = new HashSet<string>();
        var problems = new List<string>();
        for (int seed = 0; seed < Repositories && problems.Count < 3; seed++)
        {
            ImmutableArray<SourceText> texts = Generate(specs, new Random(seed));
            ImmutableArray<WorkspaceResult> before = Analyze(texts);
            for (int index = 0; index < texts.Length; index++)
            {
                foreach (Diagnostic finding in before[index].Diagnostics.Where(static finding => finding.Descriptor.Category == DiagnosticCategory.Workspace).DistinctBy(static finding => finding.Id))
                {
                    foreach (CodeFix fix in finding.Fixes)
                    {
                        mended.Add(finding.Id);
                        ImmutableArray<WorkspaceResult> after = Analyze(texts.SetItem(index, texts[index].WithChanges(fix.Changes)));
                        if (after[index].Own.Spec.Bound.HasErrors) problems.Add($"seed {seed}: new errors: {finding.ToString(texts[index])} [{fix.Title}]");
                        if (Count(after[index], finding.Id) >= Count(before[index], finding.Id)) problems.Add($"seed {seed}: the finding is still there: {finding.ToString(texts[index])} [{fix.Title}]");
                    }
                }
            }
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.Equal(["VPY2901", "VPY2902"], mended.Order(StringComparer.Ordinal));
    }

    private static int Count(WorkspaceResult result, string id) => result.Diagnostics.Count(diagnostic => diagnostic.Id == id);

    private static ImmutableArray<WorkspaceResult> Analyze(ImmutableArray<SourceText> texts)
    {
        MemoryFiles files = texts.Aggregate(new MemoryFiles().With("/src/.git/HEAD", ""), static (all, text) => all.With(text.Path, text.ToString()));
        var host = new AnalysisHost(PackageCatalogue.BuiltIn, files, new(2026, 1, 1));
        return WorkspaceAnalyzer.Analyze([.. texts.Select(static text => SpecDocument.Parse(text, DocumentKind.Spec))], host, static _ => AnalysisSettings.Default);
    }

    /// <summary>Some specs, each of which says that it agrees with the next one: with another version of one of its wheels, once in a while the same spec again.</summary>
    private static ImmutableArray<SourceText> Generate(CorpusFile[] specs, Random random)
    {
        CorpusFile first = specs[random.Next(specs.Length)];
        return [.. Enumerable.Range(0, SpecsInOne).Select(index =>
        {
            string text = Encoding.Latin1.GetString((random.Next(2) == 0 ? first : specs[random.Next(specs.Length)]).Bytes);
            if (random.Next(2) == 0) text = text.Replace("version:1.", "version:2.", StringComparison.Ordinal);
            string comment = $"# Keep in sync with //{(index + 1) % SpecsInOne}/.vpython3\n\n";
            return SourceText.From(Encoding.Latin1.GetBytes(comment + text), $"/src/{index}/.vpython3");
        })];
    }
}
