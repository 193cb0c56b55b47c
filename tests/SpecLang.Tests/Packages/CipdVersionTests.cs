using CsCheck;
using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class CipdVersionTests
{
    [Theory]
    [InlineData("version:2.31.0", CipdVersionKind.Tag)]
    [InlineData("version:2@1.2.3", CipdVersionKind.Tag)]
    [InlineData("git_revision:0123abcd", CipdVersionKind.Tag)]
    [InlineData("k:a: b$()*+,-./:;<=>@\\_{}~", CipdVersionKind.Tag)]
    [InlineData("latest", CipdVersionKind.Ref)]
    [InlineData("heads/main", CipdVersionKind.Ref)]
    [InlineData("123456789-123456789-123456789-123456789-", CipdVersionKind.Ref)]
    [InlineData("BZZ2lpKxOuUSSlCxtVkcaX705fzRPCLN3hqFrDrKUu4C", CipdVersionKind.InstanceId)]
    [InlineData("a9993e364706816aba3e25717850c26c9cd0d89d", CipdVersionKind.InstanceId)]
    public void Three_kinds_are_told_apart(string text, CipdVersionKind kind)
    {
        Assert.True(CipdVersion.TryParse(text, out CipdVersion version, out string? error), error);
        Assert.Equal((kind, text), (version.Kind, version.Value));
    }

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData(":1", "no key")]
    [InlineData("version:", "no value")]
    [InlineData("Version:1", "'V'")]
    [InlineData("version: 1", "begin or end with a space")]
    [InlineData("version:1 ", "begin or end with a space")]
    [InlineData("version:1\n", "U+000A")]
    [InlineData("version:1\"", "'\"'")]
    [InlineData("version:é", "'é'")]
    [InlineData("Latest", "'L'")]
    [InlineData("latest\n", "U+000A")]
    [InlineData("1.0 ", "a space")]
    [InlineData("v١", "'١'")]
    public void What_is_wrong_is_named(string text, string inError)
    {
        Assert.False(CipdVersion.TryParse(text, out _, out string? error));
        Assert.Contains(inError, error);
    }

    [Theory]
    [InlineData(391, true)]
    [InlineData(392, true)]
    [InlineData(393, false)]
    public void A_tag_has_at_most_400_bytes(int valueLength, bool valid) =>
        Assert.Equal(valid, CipdVersion.TryParse("version:" + new string('1', valueLength), out _, out _));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_ref_has_at_most_256_characters(int length, bool valid) =>
        Assert.Equal(valid, CipdVersion.TryParse(new string('.', length), out _, out _));

    [Fact]
    public void No_text_makes_it_throw_and_what_is_read_is_unchanged() =>
        Gen.String.Sample(text => !CipdVersion.TryParse(text, out CipdVersion version, out string? error)
            ? error.Length > 0
            : version.Value == text && error is null);
}
