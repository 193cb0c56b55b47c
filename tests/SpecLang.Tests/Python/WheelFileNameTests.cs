using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class WheelFileNameTests
{
    [Theory]
    [InlineData("psutil-5.9.4-cp311-cp311-linux_x86_64.whl", "psutil", "5.9.4", null)]
    [InlineData("zope.interface-5.0-1local-py3-none-any.whl", "zope-interface", "5.0", "1local")]
    [InlineData("mock-1.0.chromium.3-py2.py3-none-any.whl", "mock", "1.0.chromium.3", null)]
    [InlineData("Foo_Bar-1!2.0+local.1-py3-none-any.WHL", "foo-bar", "1!2.0+local.1", null)]
    public void Parts_are_told_apart(string fileName, string distribution, string version, string? build)
    {
        Assert.True(WheelFileName.TryParse(fileName, out WheelFileName? wheel, out string? error), error);
        Assert.Equal((distribution, version, build, fileName), (wheel.Distribution.Value, wheel.Version, wheel.Build, wheel.FileName));
    }

    [Fact]
    public void Compressed_tag_sets_are_all_their_combinations()
    {
        Assert.True(WheelFileName.TryParse("a-1-py2.py3-none-manylinux1_x86_64.manylinux_2_5_x86_64.whl", out WheelFileName? wheel, out _));

        Assert.Equal(
            ["py2-none-manylinux1_x86_64", "py2-none-manylinux_2_5_x86_64", "py3-none-manylinux1_x86_64", "py3-none-manylinux_2_5_x86_64"],
            wheel.Tags.Select(tag => tag.ToString()));
    }

    [Theory]
    [InlineData("a-1-py3-none-any.zip", "does not end in .whl")]
    [InlineData("a-1-py3-none.whl", "has 4 parts")]
    [InlineData("a-1-2-3-py3-none-any.whl", "has 7 parts")]
    [InlineData("a--py3-none-any.whl", "empty part")]
    [InlineData("a-1-x-py3-none-any.whl", "does not begin with a digit")]
    [InlineData("../a-1-py3-none-any.whl", "slash")]
    [InlineData("_a-1-py3-none-any.whl", "begin and end with a letter")]
    [InlineData("a-1-py2..py3-none-any.whl", "empty tag")]
    [InlineData("a-1-py3-none-.whl", "empty part")]
    public void What_is_wrong_is_named(string fileName, string inError)
    {
        Assert.False(WheelFileName.TryParse(fileName, out _, out string? error));
        Assert.Contains(inError, error);
    }
}
