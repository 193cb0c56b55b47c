using VPythonTools.Runner.Wheels;
using Xunit;

namespace VPythonTools.Runner.Tests.Wheels;

public sealed class WheelModulesTests
{
    [Theory]
    [InlineData("six.py", "six")]
    [InlineData("yaml/__init__.py yaml/constructor.py yaml/_yaml.cpython-311-x86_64-linux-gnu.so _yaml/__init__.py", "_yaml yaml")]
    [InlineData("_cffi_backend.cp38-win_amd64.pyd", "_cffi_backend")]
    [InlineData("google/protobuf/__init__.py google/protobuf/internal/api.py google/_upb/_message.abi3.so", "google._upb._message google.protobuf")]
    [InlineData("x-1.0.data/purelib/a.py x-1.0.data/platlib/b/__init__.py x-1.0.data/scripts/c.py x-1.0.data/data/d.py", "a b")]
    [InlineData("a/b/c.py a/d.txt e.pth", "a.b.c")]
    [InlineData("a-b/c.py 1.py x.y/z.py a.dist/b.py", "")]
    [InlineData("__init__.py", "")]
    [InlineData("", "")]
    public void Modules_are_the_topmost_that_a_script_can_import(string files, string modules) =>
        Assert.Equal(modules, Of(files));

    [Fact]
    public void A_declared_namespace_is_shared_although_it_has_a_file() =>
        Assert.Equal("zope.interface", Of("zope/__init__.py zope/interface/__init__.py zope/interface/x.py", "zope"));

    [Fact]
    public void A_wheel_of_too_many_modules_is_no_ordinary_one() =>
        Assert.Equal("", Of(string.Join(' ', Enumerable.Range(0, 2000).Select(number => $"m{number}.py"))));

    private static string Of(string files, params string[] namespaces) =>
        string.Join(' ', WheelModules.Of(files.Split(' ', StringSplitOptions.RemoveEmptyEntries), "x-1.0.dist-info", namespaces.ToHashSet()));
}
