using System.Security.Cryptography;
using CsCheck;
using VPythonTools.SpecLang.Packages;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Packages;

public sealed class InstanceIdTests
{
    [Theory]
    [InlineData("", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUC")]
    [InlineData("abc", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0C")]
    public void A_file_is_named_by_its_hash(string content, string expected)
    {
        byte[] digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Equal(expected, InstanceId.FromSha256(digest).Value);
        Assert.True(InstanceId.TryParse(expected, out InstanceId id));
        Assert.Equal(InstanceIdAlgorithm.Sha256, id.Algorithm);
        Assert.Equal(digest, id.Digest);
    }

    [Fact]
    public void Forty_hexadecimal_digits_are_a_legacy_SHA1()
    {
        const string text = "a9993e364706816aba3e25717850c26c9cd0d89d";

        Assert.True(InstanceId.TryParse(text, out InstanceId id));
        Assert.Equal(InstanceIdAlgorithm.Sha1, id.Algorithm);
        Assert.Equal(Convert.FromHexString(text), id.Digest);
        Assert.False(InstanceId.TryParse(text.ToUpperInvariant(), out _));
    }

    [Fact]
    public void Every_SHA256_survives_the_way_to_text_and_back() =>
        Gen.Byte.Array[32].Sample(digest =>
        {
            InstanceId id = InstanceId.FromSha256(digest);
            return id.Value.Length == 44 && id.Value[^1] == 'C'
                && InstanceId.TryParse(id.Value, out InstanceId read) && read == id && read.Digest.SequenceEqual(digest);
        });

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUA")]    // no algorithm
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUB")]    // a SHA-1 of 32 bytes
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUC\n")]
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUC=")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUC")]    // the alphabet of plain base64
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")]     // an even number of bytes
    public void Other_texts_are_none(string text) => Assert.False(InstanceId.TryParse(text, out _));

    [Theory]
    [InlineData(28, true)]
    [InlineData(27, false)]
    [InlineData(29, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(34, true)]
    [InlineData(36, true)]
    public void Long_names_may_look_like_an_unknown_algorithm(int length, bool isId) =>
        Assert.Equal(isId, InstanceId.TryParse(new string('z', length), out _));
}
