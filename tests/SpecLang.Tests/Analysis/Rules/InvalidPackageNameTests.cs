using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class InvalidPackageNameTests
{
    private readonly RuleTest<InvalidPackageName> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("infra/python/wheels/six-py2_py3/", "infra/python/wheels/six-py2_py3")]
    [InlineData("/infra/python//wheels/six-py2_py3", "infra/python/wheels/six-py2_py3")]
    [InlineData(" infra/python/wheels/six-py2_py3 ", "infra/python/wheels/six-py2_py3")]
    [InlineData("a/${vpython_platform}/", "a/${vpython_platform}")]
    public void Blanks_and_slashes_are_removed(string written, string mended) => _test.Fixes($"wheel: <name: [|'{written}'|]>", $"wheel: <name: \"{mended}\">");

    [Theory]
    [InlineData("a/../b", "No package can have this name: the package name 'a/../b' has the component '..', which consists of dots alone.")]
    [InlineData("a b", "No package can have this name: the package name 'a b' has a space; allowed are a-z, 0-9, '_', '-', '.' and '/'.")]
    [InlineData("a+/${platform}", "No package can have this name: the package name 'a+/${platform}' has '+'; allowed are a-z, 0-9, '_', '-', '.' and '/'.")]
    [InlineData("a/${platform", "No package can have this name: the template 'a/${platform' has a '${' without the closing '}'.")]
    [InlineData("a/$platform", "No package can have this name: the template 'a/$platform' has a '$' that does not begin a variable; variables are written ${name}.")]
    public void The_message_says_what_is_wrong(string written, string message) => _test.Finds($"wheel: <name: [|'{written}'|]>", message);

    [Fact]
    public void A_name_that_is_missing_is_found_at_the_bracket() => _test.Finds("wheel: [|<|] version: 'version:1' >", "No package can have this name: a package name must not be empty.");

    [Fact]
    public void Names_templates_and_upper_case_are_not_its_business() => _test.Finds("wheel: <name: 'a.b/c-d_e'> wheel: <name: 'a/${os=mac,linux}/${x}'> wheel: <name: 'A'>");

    [Theory]
    [InlineData(@"wheel: <name: '\xFF' version: 'version:1'>")]
    [InlineData("wheel: <name: 5 version: 'version:1'>")]
    public void A_name_that_is_no_text_is_told_once(string spec) => new RuleTest<InvalidPackageName>().Finds(spec);
}
