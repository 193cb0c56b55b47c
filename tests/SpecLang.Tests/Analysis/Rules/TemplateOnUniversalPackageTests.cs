using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class TemplateOnUniversalPackageTests
{
    private readonly RuleTest<TemplateOnUniversalPackage> _test = new() { Catalogue = FewPackages.Instance };

    [Fact]
    public void What_stands_behind_the_suffix_is_removed()
    {
        _test.Fixes("wheel: <name: [|'infra/python/wheels/six-py2_py3/${vpython_platform}'|]>", "wheel: <name: \"infra/python/wheels/six-py2_py3\">");
        Assert.Equal("warning", _test.Find("wheel: <name: 'infra/python/wheels/six-py2_py3/${vpython_platform}'>")[0].SeverityName);
    }

    [Fact]
    public void The_package_of_the_catalogue_is_written() => _test.Fixes("wheel: <name: [|'infra/python/wheels/six/${vpython_platform}'|]>", "wheel: <name: \"infra/python/wheels/six-py2_py3\">", withUnsafe: true);

    [Fact]
    public void The_message_says_what_to_write() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/x-py3/${vpython_platform}'|]> wheel: <name: [|'infra/python/wheels/six/linux-amd64_cp38_cp38'|]>",
        "A package with this suffix is for all platforms. Write 'infra/python/wheels/x-py3'.",
        "The catalogue has this distribution as one package for all platforms. Write 'infra/python/wheels/six-py2_py3'.");

    [Fact]
    public void Packages_with_builds_and_unknown_ones_are_not_found() => _test.Finds("wheel: <name: 'infra/python/wheels/psutil/${vpython_platform}'> wheel: <name: 'infra/python/wheels/x/${vpython_platform}'> wheel: <name: 'tools/x-py3/${platform}'>");
}
