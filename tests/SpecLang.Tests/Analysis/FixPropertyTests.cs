using System.Text;
using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>The laws of fixes, held against the specs that people wrote and the mistakes that others make in them: what is mended is no worse than it was, and the finding is gone.</summary>
public sealed partial class FixPropertyTests
{
    /// <summary>How many texts: a spec of the corpus with a few mistakes put in.</summary>
    private const int Texts = 500;

    private static readonly AnalysisHost Host = new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1));

    /// <summary>Settings with which one rule is on: the others need not be asked again for every fix.</summary>
    private static readonly Dictionary<string, AnalysisSettings> OnlyRule = RuleList.OfSpec.ToDictionary(
        static rule => rule.Descriptor.Id,
        static rule => AnalysisSettings.Read(RuleList.OfSpec.Where(other => other != rule).ToDictionary(static other => $"vpython_diagnostic.{other.Descriptor.Id.ToLowerInvariant()}.severity", static _ => "none")));

    /// <summary>A script of which all is known: what its wheels hold and need, and where each import comes from. Only there can a wheel be seen to be needless; few that people wrote are so simple.</summary>
    private const string KnownScript = """
        # [VPYTHON:BEGIN]
        # python_version: "3.8"
        # wheel: <
        #   name: "infra/python/wheels/six-py2_py3"
        #   version: "version:1.15.0"
        # >
        # [VPYTHON:END]
        import json

        import six
        """;

    /// <summary>How often the known script counts among the files of the corpus.</summary>
    private const int KnownScripts = 20;

    /// <summary>A piece of a spec, and what somebody may have written instead.</summary>
    private static readonly (string Piece, string[] Mistakes)[] Slips =
    [
        ("\"version:", ["\"", "\"version: ", "\"version:2@", "\"Version:", "\"version:0.", "\"version:9"]),
        ("infra/python/wheels/", ["infra/python/wheels//", "Infra/python/wheels/", "infra/python/wheel/", "infra/python/wheels/x", " infra/python/wheels/"]),
        ("-py2_py3\"", ["-py3\"", "-py2\"", "\"", "-py2-py3\"", "_py2_py3\"", "/${vpython_platform}\"", "-py2_py3/${vpython_platform}\""]),
        ("-py3\"", ["-py2_py3\"", "-py2\"", "-py3/\"", ".py3\"", "/${vpython_platform}\""]),
        ("/${vpython_platform}", ["", "-py3", "/${vpython_plattform}", "/${platform}_${py_python}_${py_abi}", "/${Vpython-platform}", "/linux-amd64_cp38_cp38", "/${vpython_platform"]),
        ("python_version: \"3", ["python_version: \"py3", "python_version: \">=3", "python_version: \"2", "#python_version: \"3", "python_version: \"3.9.1"]),
        ("_", ["-", "."]),
        ("-", ["_", "."]),
        (" version:", [" match_tag: <>\n version:", " not_match_tag: {}\n version:", " match_tag: <platform: \"win-amd64\"> version:", " match_tag: [{platform: 'win32'}, {abi: 'cp27m'}, {}] not_match_tag: <platform: \"win32\"> version:", " match_tag: < abi: \"cp27mu\" > version:", " #version:"]),
        ("cp38", ["cp311", "cp3.8"]),
        ("\nimport ", ["\nimport yaml, six\nimport ", "\nimport requests\nimport "]),
        ("wheel: <", ["wheel: <\n  name: \"infra/python/wheels/rsa-py3\"\n  version: \"version:4.7.2\"\n>\nwheel: <", "wheel: <\n  name: \"infra/python/wheels/jinja2-py3\"\n  version: \"version:3.1.2\"\n>\nwheel: <\n  name: \"infra/python/wheels/markupsafe/${vpython_platform}\"\n  version: \"version:1.1.1\"\n>\nwheel: <"]),
        ("# wheel: <", ["# wheel: <\n#   name: \"infra/python/wheels/rsa-py3\"\n#   version: \"version:4.7.2\"\n# >\n# wheel: <", "# wheel: <\n#   name: \"infra/python/wheels/brotli/${vpython_platform}\"\n#   version: \"version:1.0.9\"\n# >\n# wheel: <"]),
        ("cp311", ["cp38", "py311"]),
        ("abi: ", ["#abi: "]),
        ("macosx_11_0_arm64", ["win_amd64", "win32", "linux_arm64"]),
        ("linux_aarch64", ["linux_arm64"]),
    ];

    [Fact]
    public void Every_fix_of_every_rule_mends_its_finding_and_breaks_nothing()
    {
        var mended = new HashSet<string>();
        var problems = new List<string>();
        for (int seed = 0; seed < Texts && problems.Count < 3; seed++)
        {
            SpecDocument document = Generate(seed);
            AnalysisResult before = Analyze(document);
            // One finding of each kind in a text: the same mistake a hundred times shows nothing new.
            foreach (Diagnostic finding in before.Diagnostics.Where(static finding => finding.Descriptor.Category > DiagnosticCategory.Portability).DistinctBy(static finding => finding.Id))
            {
                foreach (CodeFix fix in finding.Fixes)
                {
                    mended.Add(finding.Id);
                    if (Check(document, before, finding, fix) is { } problem) problems.Add($"seed {seed}: {problem}: {finding.ToString(document.Text)} [{fix.Title}]");
                }
            }
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        // Rules whose fixes no text of these asks for are not tested by this test.
        string[] expected =
        [
            "VPY2001", "VPY2003", "VPY2004", "VPY2005", "VPY2006", "VPY2101", "VPY2102", "VPY2103", "VPY2104", "VPY2105", "VPY2106", "VPY2107", "VPY2108", "VPY2109", "VPY2110",
            "VPY2201", "VPY2202", "VPY2204", "VPY2205", "VPY2206", "VPY2207", "VPY2301", "VPY2302", "VPY2303", "VPY2401", "VPY2402", "VPY2403", "VPY2404", "VPY2405", "VPY2406", "VPY2407", "VPY2408", "VPY2410", "VPY2501", "VPY2601", "VPY2602",
        ];
        Assert.Empty(expected.Except(mended));
    }

    [Fact]
    public void Mending_comes_to_an_end_and_what_it_leaves_has_nothing_more_to_mend()
    {
        for (int seed = Texts; seed < Texts + (Texts / 10); seed++)
        {
            SpecDocument document = Generate(seed);
            SourceText text = SpecFixer.Fix(document, Host, AnalysisSettings.Default, IsOfRule, withUnsafe: true, out _);
            SourceText again = SpecFixer.Fix(SpecDocument.Parse(text, document.Kind), Host, AnalysisSettings.Default, IsOfRule, withUnsafe: true, out int count);
            Assert.True(count == 0, $"seed {seed}: {count} more fixes in\n{text}\nwhich make\n{again}");
        }
    }

    private static AnalysisResult Analyze(SpecDocument document) => SpecAnalyzer.Analyze(document, Host, AnalysisSettings.Default);

    private static bool IsOfRule(Diagnostic finding) => finding.Descriptor.Category is >= DiagnosticCategory.PythonVersion and <= DiagnosticCategory.Tags;

    private static string? Check(SpecDocument document, AnalysisResult before, Diagnostic finding, CodeFix fix)
    {
        AnalysisResult after = SpecAnalyzer.Analyze(SpecDocument.Parse(document.Text.WithChanges(fix.Changes), document.Kind), Host, OnlyRule[finding.Id]);
        if (CountLanguageErrors(after) > CountLanguageErrors(before)) return "new errors";
        // A wheel that nothing needs may have been all that needed the next one: what was found is gone, and something else has come to light.
        bool isGone = Count(after, finding.Id) < Count(before, finding.Id) || CountAlike(after, finding) < CountAlike(before, finding);
        return isGone ? null : "the finding is still there";
    }

    private static int CountLanguageErrors(AnalysisResult result) => result.Spec.Bound.Diagnostics.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static int Count(AnalysisResult result, string id) => result.Diagnostics.Count(diagnostic => diagnostic.Id == id);

    private static int CountAlike(AnalysisResult result, Diagnostic finding) => result.Diagnostics.Count(other => other.Id == finding.Id && WithoutLines(other.Message) == WithoutLines(finding.Message));

    /// <summary>Lines change when others are removed.</summary>
    private static string WithoutLines(string message) => LinePattern().Replace(message, "line");

    /// <summary>A spec of the corpus, or the known script, with up to four mistakes.</summary>
    private static SpecDocument Generate(int seed)
    {
        var random = new Random(seed);
        int number = random.Next(CorpusFile.All.Count + KnownScripts);
        CorpusFile? file = number < CorpusFile.All.Count ? CorpusFile.All[number] : null;
        string text = file is null ? KnownScript : Encoding.Latin1.GetString(file.Bytes);
        for (int mistakes = random.Next(5); mistakes > 0; mistakes--) text = random.Next(5) == 0 ? RepeatField(text, random) : Slip(text, random);
        return SpecDocument.Parse(SourceText.From(Encoding.Latin1.GetBytes(text), file?.Name ?? "/src/known.py"), file?.Kind ?? DocumentKind.Script);
    }

    private static string Slip(string text, Random random)
    {
        (string piece, string[] mistakes) = Slips[random.Next(Slips.Length)];
        int[] places = [.. Regex.Matches(text, Regex.Escape(piece)).Select(static match => match.Index)];
        if (places.Length == 0) return text;
        int place = places[random.Next(places.Length)];
        return text.Remove(place, piece.Length).Insert(place, mistakes[random.Next(mistakes.Length)]);
    }

    /// <summary>A wheel or a tag a second time, perhaps in another version.</summary>
    private static string RepeatField(string text, Random random)
    {
        MatchCollection fields = FieldPattern().Matches(text);
        if (fields.Count == 0) return text;
        Match field = fields[random.Next(fields.Count)];
        string again = random.Next(2) == 0 ? field.Value : field.Value.Replace("version:1", "version:3", StringComparison.Ordinal).Replace("version:2", "version:1", StringComparison.Ordinal);
        return text.Insert(field.Index, again);
    }

    [GeneratedRegex("line [0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"^[ \t#]*(?:wheel|verify_pep425_tag):? <[^<>\[\]]*>[^\n]*\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex FieldPattern();
}
