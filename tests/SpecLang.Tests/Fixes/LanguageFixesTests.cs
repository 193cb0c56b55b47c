using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Fixes;

public sealed class LanguageFixesTests
{
    [Theory]
    [InlineData("VPY1023", "wheel:\n  name: \"a\"\n  version: \"version:1\"\n>\n", "wheel:\n  < name: \"a\"\n  version: \"version:1\"\n>\n")]
    [InlineData("VPY1002", "python_version \"3.8\"\n", "python_version: \"3.8\"\n")]
    [InlineData("VPY1017", "python_version = \"3.8\"\n", "python_version : \"3.8\"\n")]
    [InlineData("VPY1005", "wheel: <\n  name: \"a\"\n}\n", "wheel: <\n  name: \"a\"\n>\n")]
    [InlineData("VPY1021", "python_version: \u201C3.8\u201D\n", "python_version: \"3.8\"\n")]
    public void The_fix_of_a_mistake_in_the_language_leaves_a_text_that_means_what_was_meant(string id, string text, string mended)
    {
        Diagnostic finding = Assert.Single(Analyze(text).Diagnostics, diagnostic => diagnostic.Id == id);
        CodeFix fix = Assert.Single(finding.Fixes);
        Assert.Equal(FixSafety.Safe, fix.Safety);
        Assert.Equal(mended, Parse(text).Text.WithChanges(fix.Changes).ToString());
        AnalysisResult after = Analyze(mended);
        Assert.False(after.Spec.Bound.HasErrors);
        Assert.Equal(text.Contains("wheel", StringComparison.Ordinal) ? "a" : "3.8", text.Contains("wheel", StringComparison.Ordinal) ? after.Spec.Spec.Wheel[0].Name : after.Spec.Spec.PythonVersion);
    }

    private static SpecDocument Parse(string text) => SpecDocument.Parse(SourceText.From(text, "/src/.vpython3"), DocumentKind.Spec);

    private static AnalysisResult Analyze(string text) => SpecAnalyzer.Analyze(Parse(text), AnalysisHost.Default, AnalysisSettings.Default);
}
