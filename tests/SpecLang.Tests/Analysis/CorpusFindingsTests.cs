using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>
/// What the analyzer finds in the specs that people wrote, a finding a line, so that a change of a rule shows as a change of text.
/// <c>UPDATE_BASELINES=1 dotnet run --project tests/SpecLang.Tests -- -class '*CorpusFindingsTests'</c> writes the file anew.
/// </summary>
public sealed class CorpusFindingsTests
{
    private static readonly string Baseline = Path.Combine(SharedData.ProjectRoot, "tests/SpecLang.Tests/Analysis/corpus.baseline");

    /// <summary>
    /// Errors in specs that the deployed tool can parse, and refuses all the same when it selects packages: it has no variable <c>py_version</c>. That the list of the
    /// corpus says <c>ok</c> of such a file is right: it says what parsers do, and nothing of packages.
    /// </summary>
    private static readonly HashSet<(string File, string Id)> RefusedLater = [("luci__recipes-py@e9c71761__recipe_modules__url__resources__pycurl.py.txt", "VPY2103")];

    [Fact]
    public void The_findings_are_as_kept()
    {
        var findings = new StringBuilder();
        foreach ((string name, AnalysisResult result) in AnalyzeAll())
        {
            foreach (Diagnostic diagnostic in result.Diagnostics)
                findings.Append($"{name}: {result.Spec.Text.GetCharacterPosition(diagnostic.Span.Start)} {diagnostic.SeverityName} {diagnostic.Id} {diagnostic.Message}\n");
        }
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1") File.WriteAllText(Baseline, findings.ToString());
        Assert.Equal(File.ReadAllText(Baseline), findings.ToString());
    }

    [Fact]
    public void What_is_refused_later_is_parsed_by_the_deployed_tool()
    {
        ILookup<string, CorpusFile> files = CorpusFile.All.ToLookup(static file => file.Name);
        Assert.All(RefusedLater, refused => Assert.Equal("ok", Assert.Single(files[refused.File]).Verdict));
    }

    [Fact]
    public void Every_file_is_judged() => Assert.Equal(File.ReadLines(SharedData.Require("corpus/manifest.tsv")).Count() - 1, AnalyzeAll().Count());

    [Fact]
    public void No_rule_finds_an_error_in_a_spec_that_the_deployed_tool_accepts()
    {
        HashSet<string> accepted = [.. CorpusFile.All.Where(static file => file.Verdict == "ok").Select(static file => file.Name)];
        Assert.Empty(AnalyzeAll()
            .Where(file => accepted.Contains(file.Name))
            .SelectMany(static file => file.Result.Diagnostics.Select(diagnostic => (file.Name, Diagnostic: diagnostic)))
            .Where(static found => found.Diagnostic.Descriptor.Category >= DiagnosticCategory.PythonVersion && found.Diagnostic.Severity == DiagnosticSeverity.Error)
            .Where(static found => !RefusedLater.Contains((found.Name, found.Diagnostic.Id)))
            .Select(static found => $"{found.Name}: {found.Diagnostic.Message}"));
    }

    private static IEnumerable<(string Name, AnalysisResult Result)> AnalyzeAll()
    {
        Dictionary<string, DocumentKind> kinds = CorpusFile.All.ToDictionary(static file => file.Name, static file => file.Kind);
        foreach (string path in Directory.EnumerateFiles(SharedData.Require("corpus/specs")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            var text = SourceText.From(File.ReadAllBytes(path), name);
            var document = SpecDocument.Parse(text, kinds.TryGetValue(name, out DocumentKind kind) ? kind : SpecDocument.KindOf(text));
            yield return (name, SpecAnalyzer.Analyze(document, new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1)), AnalysisSettings.Default));
        }
    }
}
