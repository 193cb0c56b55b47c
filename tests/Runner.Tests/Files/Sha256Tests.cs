using System.Security.Cryptography;
using System.Text;
using VPythonTools.Runner.Files;
using Xunit;

namespace VPythonTools.Runner.Tests.Files;

public sealed class Sha256Tests
{
    /// <summary>The examples of FIPS 180-4's companion document, of one block and of two, and the empty message.</summary>
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_published_examples_have_their_hashes(string message, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(message))));

    [Fact]
    public void Every_length_has_the_hash_that_the_system_gives()
    {
        byte[] content = new byte[300];
        new Random(1).NextBytes(content);
        for (int length = 0; length <= content.Length; length++)
            Assert.Equal(SHA256.HashData(content.AsSpan(0, length)), Sha256.Of(content.AsSpan(0, length)));
    }
}
