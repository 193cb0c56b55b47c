using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class UnknownPackageTests
{
    private readonly RuleTest<UnknownPackage> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void The_nearest_name_is_written() => _test.Fixes("wheel: <name: [|'infra/python/wheels/requets-py2_py3'|]>", "wheel: <name: \"infra/python/wheels/requests-py2_py3\">", withUnsafe: true);

    [Theory]
    [InlineData("infra/python/wheel/six-py2_py3")]
    [InlineData("six-py2_py3")]
    public void A_prefix_that_is_nearly_right_is_mended(string written) => _test.Fixes($"wheel: <name: [|'{written}'|]>", "wheel: <name: \"infra/python/wheels/six-py2_py3\">", withUnsafe: true);

    [Fact]
    public void The_message_says_of_which_day_the_catalogue_is() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/requets-py2_py3'|]> wheel: <name: [|'infra/python/wheels/frobnicate-py3'|]>",
        "The catalogue of 2025-01-02 has no 'infra/python/wheels/requets-py2_py3'. Did you mean 'infra/python/wheels/requests-py2_py3' or 'infra/python/wheels/requests-py2'?",
        "The catalogue of 2025-01-02 has no 'infra/python/wheels/frobnicate-py3'. Make sure that it is in CIPD.");

    [Fact]
    public void It_is_a_hint_where_no_name_is_near() => Assert.Equal("hint", Assert.Single(_test.Find("wheel: <name: 'infra/python/wheels/frobnicate-py3'>")).SeverityName);

    [Fact]
    public void Known_packages_other_forms_and_other_places_are_not_found() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/six-py2_py3'> wheel: <name: 'infra/python/wheels/lxml/linux-amd64_cp38_cp38'> wheel: <name: 'infra/python/wheels/six-py3'> wheel: <name: 'chromiumos/infra/virtualenv/six'> wheel: <name: 'x'> wheel: <>");
}
