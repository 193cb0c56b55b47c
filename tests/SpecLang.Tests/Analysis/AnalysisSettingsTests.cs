using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class AnalysisSettingsTests
{
    private static readonly DiagnosticDescriptor _duplicate = new DuplicateWheel().Descriptor;

    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("Warning", DiagnosticSeverity.Warning)]
    [InlineData("info", DiagnosticSeverity.Information)]
    [InlineData("suggestion", DiagnosticSeverity.Information)]
    [InlineData("silent", DiagnosticSeverity.Hint)]
    [InlineData("none", null)]
    [InlineData("default", DiagnosticSeverity.Warning)]
    [InlineData("loud", DiagnosticSeverity.Warning)]
    public void Severities_can_be_set(string value, DiagnosticSeverity? expected)
    {
        var settings = AnalysisSettings.Read(new Dictionary<string, string> { ["vpython_diagnostic.vpy2301.severity"] = value });
        Assert.Equal(expected, settings.SeverityOf(_duplicate));
        Assert.Equal(value == "loud", settings.Problems.Length == 1);
    }

    [Fact]
    public void Errors_of_the_language_stay_errors()
    {
        var settings = AnalysisSettings.Read(new Dictionary<string, string> { ["vpython_diagnostic.vpy1004.severity"] = "none", ["vpython_diagnostic.vpy1303.severity"] = "error" });
        Assert.Equal(DiagnosticSeverity.Error, settings.SeverityOf(SyntaxDiagnostics.NeverClosed));
        Assert.Equal(DiagnosticSeverity.Error, settings.SeverityOf(PortabilityDiagnostics.ByteOrderMark));
    }

    [Fact]
    public void Platforms_can_be_chosen()
    {
        var settings = AnalysisSettings.Read(new Dictionary<string, string> { ["vpython_platforms"] = "mac-arm64, windows-x64", ["vpython_pythons"] = "3.11" });
        Assert.Equal(["mac-arm64-py3.11", "windows-x64-py3.11"], settings.Platforms.Platforms.Select(static platform => platform.Name).Order(StringComparer.Ordinal));
        Assert.Empty(settings.Problems);
        Assert.Equal("vpython_platforms", Assert.Single(AnalysisSettings.Read(new Dictionary<string, string> { ["vpython_platforms"] = "amiga" }).Problems).Name);
    }

    [Theory]
    [InlineData("amiga", "x", "vpython_platforms = amiga, vpython_pythons = x")]
    [InlineData("mac-arm64", "x", "vpython_pythons = x")]
    [InlineData("amiga", "3.11", "vpython_platforms = amiga")]
    public void Of_platforms_and_Pythons_the_one_that_is_wrong_is_told(string platforms, string pythons, string wrong)
    {
        var settings = AnalysisSettings.Read(new Dictionary<string, string> { ["vpython_platforms"] = platforms, ["vpython_pythons"] = pythons });
        Assert.Equal(wrong, string.Join(", ", settings.Problems.Select(static problem => $"{problem.Name} = {problem.Value}")));
        Assert.All(settings.Problems, static problem => Assert.Contains($"'{problem.Value}'", problem.Expected, StringComparison.Ordinal));
        if (platforms == "mac-arm64") Assert.All(settings.Platforms.Platforms, static platform => Assert.StartsWith("mac-arm64", platform.Name, StringComparison.Ordinal));
    }
}
