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

    [Fact]
    public void What_both_begin_and_end_with_makes_no_difference() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 7], Gen.String[Gen.Char['a', 'c'], 0, 7])
            .Sample((left, right) => Assert.Equal(Plain(left, right, left.Length, right.Length), EditDistance.Between(left, right)));

    /// <summary>By its definition.</summary>
    private static int Plain(string left, string right, int i, int j)
    {
        if (i == 0 || j == 0) return i + j;
        int distance = Math.Min(Plain(left, right, i - 1, j - 1) + (left[i - 1] == right[j - 1] ? 0 : 1), 1 + Math.Min(Plain(left, right, i - 1, j), Plain(left, right, i, j - 1)));
        bool areSwapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return areSwapped ? Math.Min(distance, Plain(left, right, i - 2, j - 2) + 1) : distance;
    }
}
