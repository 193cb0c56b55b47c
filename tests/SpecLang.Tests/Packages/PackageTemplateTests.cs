using CsCheck;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class PackageTemplateTests
{
    private static readonly TemplateVariables LinuxVariables = TemplateVariables.FromTag(new Pep425Tag("cp311", "cp311", "manylinux1_x86_64"));

    [Theory]
    [InlineData("infra/python/wheels/six-py2_py3", "infra/python/wheels/six-py2_py3")]
    [InlineData("psutil/${vpython_platform}", "psutil/linux-amd64_cp311_cp311")]
    [InlineData("x/${platform}_${py_python}_${py_abi}", "x/linux-amd64_cp311_cp311")]
    [InlineData("x/${os}/${arch}/${py_platform}/${py_tag}", "x/linux/amd64/manylinux1_x86_64/cp311-cp311-manylinux1_x86_64")]
    [InlineData("x/${os=mac,linux}-${arch=amd64}", "x/linux-amd64")]
    public void Variables_become_their_values(string template, string expected) =>
        Assert.Equal(expected, Assert.IsType<TemplateExpansion.Expanded>(Expand(template)).Name.Value);

    [Theory]
    [InlineData("x/${os=mac,windows}", "os")]
    [InlineData("x/${os=}", "os")]
    [InlineData("x/${os= linux}", "os")]
    [InlineData("x/${os=Linux}", "os")]
    [InlineData("x/${os=linux,mac}/${arch=arm64}", "arch")]
    [InlineData("x/${unknown}/${os=mac}", "os")]
    [InlineData("X/${os=mac}", "os")]
    public void A_value_that_is_not_listed_skips_the_package(string template, string variable) =>
        Assert.Equal(variable, Assert.IsType<TemplateExpansion.Skipped>(Expand(template)).Variable.Name);

    [Theory]
    [InlineData("x/${py_version}", "did you mean 'py_python'?")]
    [InlineData("x/${Platform}", "did you mean 'platform'?")]
    [InlineData("x/${vpython-platform}", "did you mean 'vpython_platform'?")]
    [InlineData("x/${architecture}", "did you mean 'arch'?", false)]
    [InlineData("x/${}", "known are vpython_platform, platform")]
    [InlineData("x/${ os }", "did you mean 'os'?")]
    [InlineData("x/${kernel_release=5}", "known are vpython_platform, platform")]
    [InlineData("x/${a${os}", "unknown template variable 'a${os'")]
    [InlineData("X/${os}", "'X'")]
    [InlineData("/${os}", "begin or end with '/'")]
    public void A_mistake_is_explained(string template, string inError, bool contains = true)
    {
        string error = Assert.IsType<TemplateExpansion.Failed>(Expand(template)).Error;
        Assert.Equal(contains, error.Contains(inError, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x/$os", "'$' that does not begin a variable")]
    [InlineData("x/$", "'$' that does not begin a variable")]
    [InlineData("x/$${os}", "'$' that does not begin a variable")]
    [InlineData("x/${os", "without the closing '}'")]
    [InlineData("x/${os=linux,mac", "without the closing '}'")]
    [InlineData("x/${os}/${", "without the closing '}'")]
    public void A_dollar_sign_elsewhere_is_refused_on_every_platform(string text, string inError)
    {
        Assert.False(PackageTemplate.TryParse(text, out _, out string? error));
        Assert.Contains(inError, error);
    }

    [Fact]
    public void A_variable_knows_its_place()
    {
        TemplateVariable variable = Assert.Single(Parse("x/${os=linux,,mac}/y").Variables);

        Assert.Equal(("os", 2, 16), (variable.Name, variable.Start, variable.Length));
        Assert.Equal(["linux", "", "mac"], variable.Alternatives);
    }

    [Fact]
    public void A_variable_without_a_value_says_why()
    {
        TemplateExpansion withoutPython = Parse("x/${py_abi}").Expand(TemplateVariables.FromPlatform(new("linux", "amd64")));
        TemplateExpansion withoutPlatform = Parse("x/${platform}").Expand(TemplateVariables.FromTag(new("cp311", "cp311", "plan9_sparc")));

        Assert.Contains("no Python is known", Assert.IsType<TemplateExpansion.Failed>(withoutPython).Error);
        Assert.Contains("'plan9_sparc'", Assert.IsType<TemplateExpansion.Failed>(withoutPlatform).Error);
    }

    [Fact]
    public void A_template_without_a_dollar_sign_is_itself_or_no_name() =>
        Gen.String[Gen.Char["abz019_-./AZ+ {}="], 0, 12].Sample(text =>
            PackageName.TryParse(text, out PackageName name, out _)
                ? Expand(text) is TemplateExpansion.Expanded expanded && expanded.Name == name
                : Expand(text) is TemplateExpansion.Failed);

    [Fact]
    public void No_text_makes_it_throw_and_text_is_kept() =>
        Gen.String[Gen.Char["${}=,os/"], 0, 16].Sample(text => !PackageTemplate.TryParse(text, out PackageTemplate? template, out _) || template.ToString() == text);

    private static TemplateExpansion Expand(string text) => Parse(text).Expand(LinuxVariables);

    private static PackageTemplate Parse(string text)
    {
        Assert.True(PackageTemplate.TryParse(text, out PackageTemplate? template, out string? error), error);
        return template;
    }
}
