using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class PlatformPackageWithoutTemplateTests
{
    private readonly RuleTest<PlatformPackageWithoutTemplate> _test = new() { Catalogue = FewPackages.Instance };

    [Theory]
    [InlineData("psutil")]
    [InlineData("psutil-py3")]
    [InlineData("psutil-py2_py3")]
    public void The_template_is_written(string written) => _test.Fixes($"wheel: <name: [|'infra/python/wheels/{written}'|]>", "wheel: <name: \"infra/python/wheels/psutil/${vpython_platform}\">", withUnsafe: true);

    [Fact]
    public void The_message_says_what_to_write() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/psutil'|]>",
        "The catalogue has this distribution built for each platform. Write 'infra/python/wheels/psutil/${vpython_platform}'.");

    [Fact]
    public void Templates_universal_and_unknown_packages_are_not_found() => _test.Finds("wheel: <name: 'infra/python/wheels/psutil/${vpython_platform}'> wheel: <name: 'infra/python/wheels/six'> wheel: <name: 'infra/python/wheels/x'> wheel: <name: 'other/psutil'>");

    [Fact]
    public void A_package_that_only_some_spec_names_does_not_hide_the_published_one() => new RuleTest<PlatformPackageWithoutTemplate>().Finds(
        "wheel: <name: [|'infra/python/wheels/numpy'|] version: 'version:1.21.1.chromium.1'>",
        "The catalogue has this distribution built for each platform. Write 'infra/python/wheels/numpy/${vpython_platform}'.");
}
