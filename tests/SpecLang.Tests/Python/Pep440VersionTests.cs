using System.Text.Json;
using CsCheck;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class Pep440VersionTests
{
    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData(" v1.0-ALPHA.1 ", "1.0a1")]
    [InlineData("1.0.c", "1.0rc0")]
    [InlineData("1.0-1", "1.0.post1")]
    [InlineData("1.0a-", "1.0a0")]
    [InlineData("0!1.0r4_dev", "1.0.post4.dev0")]
    [InlineData("01.002+Chromium-003_x", "1.2+chromium.3.x")]
    [InlineData("2!1", "2!1")]
    public void Versions_have_a_normal_form(string text, string normal) => Assert.Equal(normal, Version(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("1.")]
    [InlineData("1..0")]
    [InlineData("5.4.1.chromium.1")]
    [InlineData("1.0+")]
    [InlineData("1.0+a..b")]
    [InlineData("1!")]
    [InlineData("1.0 0")]
    [InlineData("1.1234567890123456789")]
    [InlineData("١.0")]
    public void Other_texts_are_no_versions(string text)
    {
        Assert.False(Pep440Version.TryParse(text, out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_text_beyond_the_limit_is_refused() =>
        Assert.False(Pep440Version.TryParse("1." + new string('0', Pep440Version.MaximumLength), out _, out _));

    [Fact]
    public void The_order_is_that_of_the_PEP()
    {
        string[] ordered =
        [
            "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2", "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0",
            "1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "1!0",
        ];
        Assert.Equal(ordered, ordered.Reverse().OrderBy(Version).ToArray());
    }

    [Theory]
    [InlineData("1", "1.0.0")]
    [InlineData("1.0-post", "1.post0")]
    [InlineData("1+A.01", "1.0+a-1")]
    public void Versions_that_are_ordered_alike_are_equal(string left, string right)
    {
        Assert.Equal(Version(left), Version(right));
        Assert.Equal(Version(left).GetHashCode(), Version(right).GetHashCode());
    }

    [Fact]
    public void The_order_is_total() => Gen.Select(VersionTexts.Valid, VersionTexts.Valid, VersionTexts.Valid).Sample((a, b, c) =>
    {
        (Pep440Version x, Pep440Version y, Pep440Version z) = (Version(a), Version(b), Version(c));
        Assert.Equal(Math.Sign(x.CompareTo(y)), -Math.Sign(y.CompareTo(x)));
        Assert.Equal(x.CompareTo(y) == 0, x.Equals(y) && x.GetHashCode() == y.GetHashCode());
        Assert.False(x <= y && y <= z && !(x <= z));
    });

    [Fact]
    public void The_normal_form_is_the_same_version_and_its_own_normal_form() => VersionTexts.Valid.Sample(text =>
    {
        Pep440Version version = Version(text);
        Assert.Equal(version, Version(version.ToString()));
        Assert.Equal(version.ToString(), Version(version.ToString()).ToString());
    });

    [Fact]
    public void The_packaging_library_reads_and_orders_the_same()
    {
        string[] texts = [.. VersionTexts.Any.Array[1].Array[4000].Single().Select(one => one[0])];
        JsonElement answer = PackagingLibrary.Ask(
            """
            versions = [attempt(lambda: Version(text), InvalidVersion) for text in data]
            valid = [v for v in versions if v is not None]
            answer = {
                "normal": [v and str(v) for v in versions],
                "public": [v and v.public for v in versions],
                "order": [(a > b) - (a < b) for a, b in zip(valid, valid[1:])],
            }
            """,
            texts);
        Pep440Version?[] versions = [.. texts.Select(text => Pep440Version.TryParse(text, out Pep440Version? version, out _) ? version : null)];
        Assert.Equal(
            answer.GetProperty("normal").EnumerateArray().Zip(texts, (normal, text) => (text, normal.GetString())),
            versions.Zip(texts, (version, text) => (text, version?.ToString())));
        Assert.Equal(answer.GetProperty("public").EnumerateArray().Select(text => text.GetString()), versions.Select(version => version?.Public.ToString()));
        Pep440Version[] valid = [.. versions.OfType<Pep440Version>()];
        Assert.True(valid.Length > 2000);
        Assert.Equal(
            answer.GetProperty("order").EnumerateArray().Select(sign => sign.GetInt32()),
            valid.Zip(valid.Skip(1), (left, right) => Math.Sign(left.CompareTo(right))));
    }

    private static Pep440Version Version(string text) =>
        Pep440Version.TryParse(text, out Pep440Version? version, out string? error) ? version : throw new ArgumentException(error);
}
