using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class WheelPackageNameTests
{
    [Theory]
    [InlineData("infra/python/wheels/absl-py-py3", "absl-py", WheelPackageForm.Python3, null)]
    [InlineData("infra/python/wheels/appium_python_client-py2_py3", "appium-python-client", WheelPackageForm.Python2And3, null)]
    [InlineData("infra/python/wheels/enum34-py2", "enum34", WheelPackageForm.Python2, null)]
    [InlineData("infra/python/wheels/six", "six", WheelPackageForm.Plain, null)]
    [InlineData("infra/python/wheels/psutil/${vpython_platform}", "psutil", WheelPackageForm.Platform, "${vpython_platform}")]
    [InlineData("infra/python/wheels/psutil/linux-386_cp27_cp27m", "psutil", WheelPackageForm.Platform, "linux-386_cp27_cp27m")]
    [InlineData("chromiumos/infra/virtualenv/wrapt/${vpython_platform}", "wrapt", WheelPackageForm.Platform, "${vpython_platform}")]
    [InlineData("tools/${platform}/mox-py2", "mox", WheelPackageForm.Python2, null)]
    [InlineData("-py3", "", WheelPackageForm.Plain, null)]
    public void Distribution_and_form_are_read_from_the_name(string text, string distribution, WheelPackageForm form, string? platform)
    {
        bool isRead = WheelPackageName.TryParse(text, out WheelPackageName? name);
        Assert.Equal(distribution.Length > 0, isRead);
        if (isRead) Assert.Equal((distribution, form, platform), (name!.Distribution.Value, name.Form, name.PlatformPart));
    }

    [Theory]
    [InlineData("")]
    [InlineData("infra/python/wheels/")]
    [InlineData("${platform}")]
    [InlineData("///")]
    public void A_name_without_a_distribution_has_none(string text) => Assert.False(WheelPackageName.TryParse(text, out _));

    [Fact]
    public void The_same_distribution_has_a_name_in_every_form()
    {
        Assert.True(WheelPackageName.TryParse("infra/python/wheels/psutil/linux-amd64_cp38_cp38", out WheelPackageName? name));
        Assert.True(name.HasHardCodedPlatform);
        Assert.Equal("infra/python/wheels/psutil/${vpython_platform}", name.In(WheelPackageForm.Platform));
        Assert.Equal("infra/python/wheels/psutil-py3", name.In(WheelPackageForm.Python3));
        Assert.Equal("infra/python/wheels/psutil", name.In(WheelPackageForm.Plain));
        Assert.True(WheelPackageName.TryParse(name.In(WheelPackageForm.Platform), out WheelPackageName? template) && !template.HasHardCodedPlatform);
    }
}
