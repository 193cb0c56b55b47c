using VPythonTools.Runner.Catalogues;
using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.Runner.Tests.Catalogues;

public sealed class BuiltPackageTests
{
    [Theory]
    [InlineData("infra/python/wheels/six-py2_py3", "infra/python/wheels/six-py2_py3", true, "")]
    [InlineData("infra/python/wheels/psutil/linux-amd64_cp311_cp311", "infra/python/wheels/psutil/${vpython_platform}", false, "manylinux-x64-py3.11")]
    [InlineData("infra/python/wheels/psutil/mac-arm64_cp313_cp313", "infra/python/wheels/psutil/${vpython_platform}", false, "mac-arm64-py3.13")]
    [InlineData("infra/python/wheels/psutil/linux-armv6l_cp38_cp38", "infra/python/wheels/psutil/${vpython_platform}", false, "linux-armv6-py3.8")]
    [InlineData("infra/python/wheels/psutil/linux-mips64_cp38_cp38", "infra/python/wheels/psutil/${vpython_platform}", false, "")]
    [InlineData("infra/python/wheels/psutil/linux-amd64", "infra/python/wheels/psutil/${vpython_platform}", false, "")]
    [InlineData("tools/hello", "tools/hello", true, "")]
    public void A_package_of_one_platform_is_a_build_of_the_one_that_specs_name(string name, string specName, bool isUniversal, string platforms)
    {
        Assert.True(PackageName.TryParse(name, out PackageName package, out string? error), error);
        BuiltPackage built = BuiltPackage.Of(package)!;
        Assert.Equal((specName, isUniversal, platforms), (built.SpecName, built.IsUniversal, string.Join(' ', built.Platforms)));
    }
}
