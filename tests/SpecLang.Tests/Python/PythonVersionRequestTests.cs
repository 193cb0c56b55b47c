using CsCheck;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class PythonVersionRequestTests
{
    [Theory]
    [InlineData("3", 3, 8, 0, true)]
    [InlineData("3", 3, 13, 1, true)]
    [InlineData("3", 2, 7, 18, false)]
    [InlineData("3.11", 3, 11, 0, true)]
    [InlineData("3.11", 3, 11, 9, true)]
    [InlineData("3.11", 3, 12, 0, false)]
    [InlineData("3.11", 3, 10, 9, false)]
    [InlineData("3.11.8", 3, 11, 8, true)]
    [InlineData("3.11.8", 3, 11, 9, false)]
    [InlineData("3.11.8", 3, 11, 7, false)]
    [InlineData("3.0", 3, 0, 1, true)]
    public void Every_part_that_is_given_must_be_met(string text, int major, int minor, int patch, bool satisfied)
    {
        Assert.True(PythonVersionRequest.TryParse(text, out PythonVersionRequest request, out string? error), error);
        Assert.Equal(satisfied, request.IsSatisfiedBy(major, minor, patch));
        Assert.Equal(text, request.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../..")]
    [InlineData("/usr")]
    [InlineData("3.")]
    [InlineData("3..11")]
    [InlineData("3.11.8.1")]
    [InlineData("3.x")]
    [InlineData(">=3.8")]
    [InlineData("3.011")]
    [InlineData("3.11rc1")]
    [InlineData(" 3.11")]
    [InlineData("3.11\n")]
    [InlineData("-3")]
    [InlineData("٣.11")]
    [InlineData("3.99999999999")]
    public void Everything_else_is_refused_with_an_example(string text)
    {
        Assert.False(PythonVersionRequest.TryParse(text, out _, out string? error));
        Assert.Contains("\"3.11\"", error);
    }

    [Fact]
    public void A_release_satisfies_itself() =>
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 9999], Gen.Int[0, 9999]).Sample((major, minor, patch) =>
            PythonVersionRequest.TryParse($"{major}.{minor}.{patch}", out PythonVersionRequest request, out _) && request.IsSatisfiedBy(major, minor, patch));
}
