using CsCheck;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Text;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("wheel", "wheel", 0)]
    [InlineData("wheel", "WHEEL", 0)]
    [InlineData("wheel", "whee", 1)]
    [InlineData("wheel", "whheel", 1)]
    [InlineData("wheel", "weel", 1)]
    [InlineData("wheel", "wehel", 1)]
    [InlineData("version", "verison", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void Letters_are_changed_added_removed_or_swapped(string left, string right, int distance) =>
        Assert.Equal(distance, EditDistance.Between(left, right));

    [Fact]
    public void The_order_of_the_two_does_not_matter_and_the_lengths_are_bounds() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 12], Gen.String[Gen.Char['a', 'd'], 0, 12]).Sample((left, right) =>
        {
            int distance = EditDistance.Between(left, right);
            Assert.Equal(distance, EditDistance.Between(right, left));
            Assert.InRange(distance, Math.Abs(left.Length - right.Length), Math.Max(left.Length, right.Length));
            Assert.Equal(left == right, distance == 0);
        });

    [Fact]
    public void Texts_that_are_too_long_to_compare_have_nothing_in_common()
    {
        var text = new string('a', EditDistance.MaximumLength + 1);
        Assert.Equal(text.Length, EditDistance.Between(text, text));
        Assert.False(EditDistance.AreNear(text, text));
    }
}
