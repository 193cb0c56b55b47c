using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Navigation;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class WorkspaceSymbolsTests
{
    private static readonly SpecAnalysis[] _specs =
    [
        MarkedSpec.Analyze("wheel: <name: \"infra/python/wheels/requests-py3\" version: \"version:2.31.0\">\nwheel: <name: \"infra/python/wheels/typing-extensions-py3\">\nwheel: <>\n", "/a/.vpython3"),
        MarkedSpec.Analyze("# [VPYTHON:BEGIN]\n# wheel: <name: \"infra/python/wheels/google_auth/${platform}\">\n# wheel: <name: \"infra/python/wheels/requests-py2\">\n# [VPYTHON:END]\n", "/b/x.py"),
    ];

    [Theory]
    [InlineData("requests", "requests /a/.vpython3|requests /b/x.py")]
    [InlineData("REQ", "requests /a/.vpython3|requests /b/x.py")]
    [InlineData("t", "typing-extensions /a/.vpython3|requests /a/.vpython3|requests /b/x.py|google_auth /b/x.py")]
    [InlineData("ext", "typing-extensions /a/.vpython3")]
    [InlineData("gauth", "google_auth /b/x.py")]
    [InlineData("google-auth", "google_auth /b/x.py")]
    [InlineData("te", "typing-extensions /a/.vpython3")]
    [InlineData("rqsts", "requests /a/.vpython3|requests /b/x.py")]
    [InlineData("zz", "")]
    [InlineData("", "google_auth /b/x.py|requests /a/.vpython3|requests /b/x.py|typing-extensions /a/.vpython3")]
    public void Wheels_are_found_by_a_few_letters(string query, string expected) =>
        Assert.Equal(expected, string.Join('|', WorkspaceSymbols.Find(_specs, query).Select(static symbol => $"{symbol.Name} {symbol.Location.Spec.Path}")));

    [Fact]
    public void A_symbol_has_its_version_and_its_place()
    {
        WorkspaceSymbol symbol = WorkspaceSymbols.Find(_specs, "requests")[0];
        Assert.Equal("2.31.0", symbol.Version);
        Assert.Equal("requests", symbol.Location.Spec.Text.ToString(symbol.Location.Span));
    }

    [Fact]
    public void Wheels_of_any_text_are_found_in_it() => BrokenTexts.Check(static (spec, _) =>
        Assert.All(WorkspaceSymbols.Find([spec], ""), static symbol => Assert.True(symbol.Name.Length > 0 && symbol.Location.Span.End <= symbol.Location.Spec.Text.Length)));
}
