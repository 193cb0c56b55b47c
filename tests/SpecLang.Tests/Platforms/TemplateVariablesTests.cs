using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Platforms;

public sealed class TemplateVariablesTests
{
    [Fact]
    public void A_tag_gives_every_variable_a_value()
    {
        TemplateVariables variables = TemplateVariables.FromTag(new Pep425Tag("cp311", "cp311", "win32"));

        Assert.Equal(
            ["windows-386_cp311_cp311", "windows-386", "windows", "386", "cp311", "cp311", "win32", "cp311-cp311-win32"],
            TemplateVariables.Names.Select(name => variables.TryGetValue(name, out string? value) ? value : null));
    }

    [Fact]
    public void A_host_without_tags_has_its_platform_alone()
    {
        TemplateVariables variables = TemplateVariables.FromHost([], new("linux", "amd64"));

        Assert.Equal(
            [null, "linux-amd64", "linux", "amd64", null, null, null, null],
            TemplateVariables.Names.Select(name => variables.TryGetValue(name, out string? value) ? value : null));
        Assert.NotEmpty(variables.WhyMissing("py_abi"));
        Assert.Empty(variables.WhyMissing("os"));
    }

    [Theory]
    [InlineData("OS", "os")]
    [InlineData("py_version", "py_python")]
    [InlineData("vpython_platfrom", "vpython_platform")]
    [InlineData("pyabi", "py_abi")]
    [InlineData("kernel_release", null)]
    [InlineData("", null)]
    public void A_misspelt_name_leads_to_the_nearest(string name, string? nearest) => Assert.Equal(nearest, TemplateVariables.FindNearest(name));
}
