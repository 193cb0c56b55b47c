using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnknownVersionTests
{
    private readonly RuleTest<UnknownVersion> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_nearest_version_is_written() => _test.Fixes(
        "wheel: <name: 'infra/python/wheels/psutil/${vpython_platform}' version: [|'version:5.8.0'|]>",
        "wheel: <name: 'infra/python/wheels/psutil/${vpython_platform}' version: \"version:5.8.0.chromium.3\">",
        withUnsafe: true);

    [Fact]
    public void The_message_says_of_which_day_the_catalogue_is() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/six-py2_py3' version: [|'version:1.15.1'|]>",
        "The catalogue of 2025-01-02 does not have 'version:1.15.1' of this package. The nearest are 'version:1.15.0', 'version:1.16.0' or 'version:1.10.0'.");

    [Theory]
    [InlineData("version:1.15.1", "info")]
    [InlineData("version:0.9", "hint")]
    [InlineData("version:2.0", "hint")]
    public void What_is_older_or_newer_than_all_is_a_hint(string version, string severity) =>
        Assert.Equal(severity, Assert.Single(_test.Find($"wheel: <name: 'infra/python/wheels/six-py2_py3' version: '{version}'>")).SeverityName);

    [Fact]
    public void Known_versions_unknown_packages_and_what_is_no_version_are_not_found() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/six-py2_py3' version: 'version:1.15.0'> wheel: <name: 'infra/python/wheels/x-py3' version: 'version:1'> wheel: <name: 'infra/python/wheels/six-py2_py3' version: 'latest'>");
}
