using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class WrongPackageSuffixTests
{
    private readonly RuleTest<WrongPackageSuffix> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("six-py3", "six-py2_py3")]
    [InlineData("six", "six-py2_py3")]
    [InlineData("typing-extensions-py2_py3", "typing-extensions-py3")]
    public void The_package_of_the_catalogue_is_written(string written, string mended) =>
        _test.Fixes($"wheel: <name: [|'infra/python/wheels/{written}'|]>", $"wheel: <name: \"infra/python/wheels/{mended}\">", withUnsafe: true);

    [Theory]
    [InlineData("six-py2-py3", "six-py2_py3")]
    [InlineData("six_py2_py3", "six-py2_py3")]
    [InlineData("six.py3_py2", "six-py2_py3")]
    [InlineData("google-auth_py3", "google-auth-py3")]
    public void A_suffix_that_is_none_is_mended_safely(string written, string mended)
    {
        _test.Fixes($"wheel: <name: [|'infra/python/wheels/{written}'|]>", $"wheel: <name: \"infra/python/wheels/{mended}\">");
        Assert.Equal("warning", _test.Find($"wheel: <name: 'infra/python/wheels/{written}'>")[0].SeverityName);
    }

    [Fact]
    public void Where_the_suffix_itself_is_wrong_too_the_package_of_the_catalogue_is_written() =>
        _test.Fixes("wheel: <name: [|'infra/python/wheels/six_py3'|]>", "wheel: <name: \"infra/python/wheels/six-py2_py3\">", withUnsafe: true);

    [Fact]
    public void The_one_with_this_version_comes_first() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/google-auth'|] version: 'version:2.16.2'>",
        "The catalogue has this distribution under another name. Write 'infra/python/wheels/google-auth-py3' or 'infra/python/wheels/google-auth-py2_py3'.");

    [Fact]
    public void Known_and_unknown_distributions_are_not_found() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/google-auth-py3'> wheel: <name: 'infra/python/wheels/x-py3'> wheel: <name: 'other/six-py3'> wheel: <name: 'infra/python/wheels/six/${vpython_platform}'> wheel: <name: 'infra/python/wheels/psutil-py3'>");

    [Fact]
    public void A_package_of_the_published_list_that_has_this_version_is_likelier_meant_than_one_that_only_some_spec_names() =>
        new RuleTest<WrongPackageSuffix>().Finds("wheel: <name: 'infra/python/wheels/numpy' version: 'version:1.21.1.chromium.1'>");
}
