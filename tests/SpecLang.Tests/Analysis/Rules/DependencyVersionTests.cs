using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class DependencyVersionTests
{
    private readonly RuleTest<DependencyVersion> _test = new()
    {
        Catalogue = new SmallCatalogue()
            .Universal("a-py3", "1.0", "b>=2,!=2.1; python_version > '3'")
            .Universal("d-py3", "1.0", "b<3")
            .Universal("b-py3", "1.0").Universal("b-py3", "2.0rc1").Universal("b-py3", "2.1").Universal("b-py3", "2.2").Universal("b-py3", "3.0")
            .Open(),
    };

    [Fact]
    public void A_refused_version_is_changed_to_the_nearest_that_all_want() => _test.Fixes(
        """
        wheel: < name: "infra/python/wheels/a-py3" version: "version:1.0" >
        wheel: < name: "infra/python/wheels/b-py3" version: [|"version:1.0"|] >
        wheel: < name: "infra/python/wheels/d-py3" version: "version:1.0" >
        """,
        """
        wheel: < name: "infra/python/wheels/a-py3" version: "version:1.0" >
        wheel: < name: "infra/python/wheels/b-py3" version: "version:2.2" >
        wheel: < name: "infra/python/wheels/d-py3" version: "version:1.0" >
        """,
        withUnsafe: true);

    [Fact]
    public void An_older_version_is_taken_where_no_newer_one_will_do() => _test.Fixes(
        "wheel: <name: 'infra/python/wheels/d-py3' version: 'version:1.0'>\nwheel: <name: 'infra/python/wheels/b-py3' version: [|'version:3.0'|]>\n",
        "wheel: <name: 'infra/python/wheels/d-py3' version: 'version:1.0'>\nwheel: <name: 'infra/python/wheels/b-py3' version: \"version:2.2\">\n",
        withUnsafe: true);

    [Fact]
    public void The_message_names_both() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/a-py3' version: 'version:1.0'> wheel: <name: 'infra/python/wheels/b-py3' version: [|'version:1.0'|]>",
        "'a' 1.0 needs 'b>=2,!=2.1', and this is 1.0. Take 2.2, or another version of 'a'.");

    [Theory]
    [InlineData("version:1.0", "version:2.2")]
    [InlineData("version:1.0", "version:2.2.chromium.1")]
    [InlineData("version:1.0", "version:2@2.2")]
    [InlineData("version:1.0", "latest")]
    [InlineData("version:1.0.1", "version:1.0")]
    public void Versions_within_bounds_and_what_is_not_known_are_no_finding(string needing, string version) => _test.Finds(
        $"wheel: <name: 'infra/python/wheels/a-py3' version: '{needing}'> wheel: <name: 'infra/python/wheels/b-py3' version: '{version}'>");
}
