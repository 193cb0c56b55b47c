using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class PackageNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("infra/python/wheels/psutil/linux-amd64_cp311_cp311")]
    [InlineData("infra/3pp/tools/cpython3/mac-arm64")]
    [InlineData("0/_/-/a.b/.hidden/..x")]
    public void Lower_case_components_are_a_name(string text)
    {
        Assert.True(PackageName.TryParse(text, out PackageName name, out string? error), error);
        Assert.Equal(text, name.Value);
    }

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("/a", "begin or end with '/'")]
    [InlineData("a/", "begin or end with '/'")]
    [InlineData("a//b", "two in a row")]
    [InlineData("a/../b", "dots alone")]
    [InlineData("a/.", "dots alone")]
    [InlineData("Psutil", "'P'")]
    [InlineData("a+b", "'+'")]
    [InlineData("a b", "a space")]
    [InlineData("a\n", "U+000A")]
    [InlineData("psutil/${platform}", "'$'")]
    [InlineData("päckage", "'ä'")]
    [InlineData("a\u0660", "'\u0660'")]
    public void What_is_wrong_is_named(string text, string inError)
    {
        Assert.False(PackageName.TryParse(text, out _, out string? error));
        Assert.Contains(inError, error);
    }

    [Fact]
    public void Names_are_ordered_as_bytes()
    {
        PackageName[] names = [.. new[] { "b", "a_b", "a-b", "a/b", "a" }.Select(Parse).Order()];

        Assert.Equal(["a", "a-b", "a/b", "a_b", "b"], names.Select(name => name.Value));
    }

    private static PackageName Parse(string text)
    {
        Assert.True(PackageName.TryParse(text, out PackageName name, out string? error), error);
        return name;
    }
}
