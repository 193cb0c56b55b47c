using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace VPythonTools.SpecLang.Packages;

/// <summary>
/// The immutable name of one upload of a CIPD package: the hash of its file. Written as unpadded base64url of the digest and one byte for the
/// algorithm, or, for the oldest, as the 40 lower-case hexadecimal digits of a SHA-1. Unknown algorithms are let through, as CIPD's client does
/// (<c>common.ValidateInstanceID</c> with <c>AnyHash</c>), so that their instances can be named before they can be checked.
/// </summary>
public readonly record struct InstanceId
{
    private const int HexLength = 2 * SHA1.HashSizeInBytes;
    private const int ShortestBase64Length = 28;

    private static readonly SearchValues<char> LowerCaseHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Base64UrlAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _value;
    private readonly byte[]? _digest;

    private InstanceId(string value, InstanceIdAlgorithm algorithm, byte[] digest)
    {
        _value = value;
        Algorithm = algorithm;
        _digest = digest;
    }

    /// <summary>The text; empty only for the default value, which no text yields.</summary>
    public string Value => _value ?? "";

    /// <summary>Which hash it is.</summary>
    public InstanceIdAlgorithm Algorithm { get; }

    /// <summary>The hash of the instance's file.</summary>
    public ReadOnlySpan<byte> Digest => _digest;

    /// <summary>Whether files can be checked against it.</summary>
    public bool HasKnownAlgorithm => Algorithm is InstanceIdAlgorithm.Sha1 or InstanceIdAlgorithm.Sha256;

    /// <summary>The instance ID of a file with this SHA-256.</summary>
    /// <exception cref="ArgumentException">The digest has not the 32 bytes of a SHA-256.</exception>
    public static InstanceId FromSha256(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != SHA256.HashSizeInBytes) throw new ArgumentException($"A SHA-256 has {SHA256.HashSizeInBytes} bytes, not {digest.Length}.", nameof(digest));
        return new(Base64Url.EncodeToString([.. digest, (byte)InstanceIdAlgorithm.Sha256]), InstanceIdAlgorithm.Sha256, digest.ToArray());
    }

    /// <summary>Reads an instance ID; false when the text is none, which does not make it wrong: it may be a tag or a ref.</summary>
    public static bool TryParse(string text, out InstanceId id)
    {
        id = default;
        if (text.Length == HexLength) return TryParseHex(text, out id);
        if (text.Length < ShortestBase64Length || text.AsSpan().ContainsAnyExcept(Base64UrlAlphabet)) return false;

        // The decoded length is odd in all instance IDs: digests are even, the algorithm adds one byte.
        if (text.Length % 4 == 1 || text.Length * 3 / 4 % 2 == 0) return false;
        byte[] decoded = Decode(text);
        var algorithm = (InstanceIdAlgorithm)decoded[^1];
        byte[] digest = decoded[..^1];
        if (algorithm == InstanceIdAlgorithm.Unspecified || !HasLengthOf(algorithm, digest)) return false;
        id = new(text, algorithm, digest);
        return true;
    }

    /// <summary>Equal texts are equal IDs.</summary>
    public bool Equals(InstanceId other) => Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text.</summary>
    public override string ToString() => Value;

    private static bool TryParseHex(string text, out InstanceId id)
    {
        id = default;
        if (text.AsSpan().ContainsAnyExcept(LowerCaseHex)) return false;
        id = new(text, InstanceIdAlgorithm.Sha1, Convert.FromHexString(text));
        return true;
    }

    private static bool HasLengthOf(InstanceIdAlgorithm algorithm, byte[] digest) => algorithm switch
    {
        InstanceIdAlgorithm.Sha1 => digest.Length == SHA1.HashSizeInBytes,
        InstanceIdAlgorithm.Sha256 => digest.Length == SHA256.HashSizeInBytes,
        _ => true,
    };

    /// <summary>Decodes text of the right alphabet. The library's decoder refuses left-over bits that are not zero; Go's does not, and Go decides.</summary>
    private static byte[] Decode(string text)
    {
        byte[] decoded = new byte[text.Length * 3 / 4];
        int bits = 0, held = 0, written = 0;
        foreach (char c in text)
        {
            bits = (bits << 6) | SextetOf(c);
            held += 6;
            if (held < 8) continue;
            held -= 8;
            decoded[written++] = (byte)(bits >> held);
        }
        return decoded;
    }

    private static int SextetOf(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '-' => 62,
        _ => 63,
    };
}
