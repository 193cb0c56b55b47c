using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class SpeltDistributionTests
{
    private readonly RuleTest<SpeltDistribution> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void A_dot_is_mended_as_the_catalogue_has_it() => _test.Fixes(
        "wheel: <name: [|'infra/python/wheels/ruamel.yaml-py3'|]> wheel: <name: [|'infra/python/wheels/typing.extensions-py3'|]>",
        "wheel: <name: \"infra/python/wheels/ruamel_yaml-py3\"> wheel: <name: \"infra/python/wheels/typing-extensions-py3\">");

    [Fact]
    public void A_dot_in_an_unknown_name_becomes_an_underscore() => _test.Fixes("wheel: <name: [|'infra/python/wheels/jaraco.x-py3'|]>", "wheel: <name: \"infra/python/wheels/jaraco_x-py3\">", withUnsafe: true);

    [Fact]
    public void The_other_spelling_of_the_catalogue_is_information()
    {
        _test.Finds("wheel: <name: [|'infra/python/wheels/typing_extensions-py3'|]>", "The catalogue has this distribution in another spelling. Write 'infra/python/wheels/typing-extensions-py3'.");
        Assert.Equal("info", _test.Find("wheel: <name: 'infra/python/wheels/typing_extensions-py3'>")[0].SeverityName);
        Assert.Equal("warning", _test.Find("wheel: <name: 'infra/python/wheels/a.b-py3'>")[0].SeverityName);
    }

    [Fact]
    public void Known_names_and_other_places_are_not_found() => _test.Finds("wheel: <name: 'infra/python/wheels/ruamel_yaml-py3'> wheel: <name: 'other/a.b-py3'> wheel: <name: 'infra/python/wheels/a_b-py3'>");
}
