using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class RememberedFactsTests
{
    /// <summary>What is remembered from the texts before changes nothing, whatever was edited.</summary>
    [Fact]
    public void An_edited_spec_has_the_findings_that_a_fresh_one_has()
    {
        var random = new Random(17);
        byte[] bytes = CatalogueBuilder.From(PackageCatalogue.BuiltIn).Build();
        PackageCatalogue kept = Open(bytes);
        foreach (CorpusFile file in CorpusFile.All.Where(static (_, index) => index % 16 == 0))
        {
            var text = SourceText.From(file.Bytes, "/src/" + file.Name);
            for (int edit = 0; edit < 12; edit++)
            {
                Assert.Equal(Describe(text, file.Kind, Open(bytes)), Describe(text, file.Kind, kept));
                int start = random.Next(text.Length + 1);
                string written = random.Next(3) switch { 0 => "", 1 => "1", _ => "infra/python/wheels/six-py2_py3" };
                text = text.WithChanges([new(new(start, random.Next(Math.Min(20, text.Length - start) + 1)), written)]);
            }
        }
    }

    private static PackageCatalogue Open(byte[] bytes) => PackageCatalogue.TryOpen(bytes, out PackageCatalogue? catalogue, out CatalogueFault? fault) ? catalogue : throw new InvalidOperationException(fault.Reason);

    private static string[] Describe(SourceText text, DocumentKind kind, PackageCatalogue catalogue)
    {
        AnalysisResult result = SpecAnalyzer.Analyze(SpecDocument.Parse(text, kind), new(catalogue, new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default);
        return [.. result.Diagnostics.Select(static finding => $"{finding.Id} {finding.Severity} {finding.Span} {finding.Message} {string.Join(' ', finding.Fixes.Select(Describe))}")];
    }

    private static string Describe(CodeFix fix) => $"{fix.Title} {fix.Safety} {string.Join(' ', fix.Changes.Select(static change => $"{change.Span} {change.NewText}"))}";
}
