using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Runner.Execution;
using Xunit;

namespace VPythonTools.Runner.Tests.Environments.Upkeep;

public sealed class RetentionPolicyTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("12h", 43_200)]
    [InlineData("7d", 604_800)]
    [InlineData("2w", 1_209_600)]
    [InlineData("0", 0)]
    [InlineData("0d", 0)]
    public void Durations_have_a_unit(string text, double seconds)
    {
        Assert.True(RetentionPolicy.TryParseDuration(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("1e99d")]
    [InlineData("99999999999999999999d")]
    [InlineData("7 days")]
    [InlineData("NaNd")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(RetentionPolicy.TryParseDuration(text, out _));

    [Fact]
    public void Never_and_none_have_no_end()
    {
        Assert.True(RetentionPolicy.TryParseDuration("never", out TimeSpan duration) && duration == TimeSpan.MaxValue);
        Assert.True(RetentionPolicy.TryParseSize("none", out long bytes) && bytes == long.MaxValue);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("4096", 4096)]
    [InlineData("1.5K", 1536)]
    [InlineData("20G", 20L << 30)]
    [InlineData("2T", 2L << 40)]
    public void Sizes_are_bytes_or_have_a_unit(string text, long expected)
    {
        Assert.True(RetentionPolicy.TryParseSize(text, out long bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("-1")]
    [InlineData("20GB")]
    [InlineData("99999999999T")]
    public void What_is_no_size_is_refused(string text) => Assert.False(RetentionPolicy.TryParseSize(text, out _));

    [Fact]
    public void A_variable_without_a_meaning_is_named()
    {
        Assert.False(RetentionPolicy.Of(EnvironmentBlock.Of(["VPYTHON_PRUNE_AGE=7 days"])).TryGet(out _, out Failure? failure));
        Assert.Equal("VPY3024", failure.Code);
        Assert.Contains("VPYTHON_PRUNE_AGE is '7 days'", failure.Message, StringComparison.Ordinal);
    }
}
