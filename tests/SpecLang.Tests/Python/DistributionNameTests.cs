using CsCheck;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class DistributionNameTests
{
    [Theory]
    [InlineData("Friendly-Bard", "friendly-bard")]
    [InlineData("FRIENDLY._.-bard", "friendly-bard")]
    [InlineData("zope.interface", "zope-interface")]
    [InlineData("6", "6")]
    public void Spellings_of_one_name_are_equal(string text, string normalized)
    {
        Assert.True(DistributionName.TryParse(text, out DistributionName name, out string? error), error);
        Assert.Equal(normalized, name.Value);
        Assert.Equal(normalized.Replace('-', '_'), name.EscapedValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a.")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("naïve")]
    public void Other_texts_are_no_names(string text) => Assert.False(DistributionName.TryParse(text, out _, out _));

    [Fact]
    public void Normalisation_changes_nothing_the_second_time() =>
        Gen.String[Gen.Char["abAZ09-_."], 1, 10].Where(text => DistributionName.TryParse(text, out _, out _)).Sample(text =>
        {
            Assert.True(DistributionName.TryParse(text, out DistributionName once, out _));
            return DistributionName.TryParse(once.Value, out DistributionName twice, out _) && once == twice;
        });
}
