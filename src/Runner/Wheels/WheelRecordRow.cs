using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Wheels;

/// <summary>A row of <c>RECORD</c>, its fields as they are written.</summary>
/// <param name="Path">The path with <c>/</c>, relative to the directory that holds the <c>.dist-info</c> directory.</param>
/// <param name="Hash">Such as <c>sha256=</c> and the unpadded base64url of the digest; empty for files that cannot have one.</param>
/// <param name="Size">The size in bytes, or empty.</param>
public readonly record struct WheelRecordRow(string Path, string Hash, string Size)
{
    /// <summary>The row of a file with this content.</summary>
    public static WheelRecordRow Of(string path, ReadOnlySpan<byte> content) =>
        new(path, $"sha256={Base64Url.EncodeToString(Sha256.Of(content))}", content.Length.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The algorithm and digest of <see cref="Hash"/>. False for anything but SHA-256, SHA-384 and SHA-512 in full length: the wheel
    /// specification asks for SHA-256 or better.
    /// </summary>
    public bool TryGetDigest(out HashAlgorithmName algorithm, out byte[] digest)
    {
        int equals = Hash.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : Hash[..equals];
        (algorithm, int length) = name switch
        {
            "sha256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "sha384" => (HashAlgorithmName.SHA384, SHA384.HashSizeInBytes),
            "sha512" => (HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
            _ => (default, -1),
        };
        digest = new byte[Math.Max(length, 0)];
        ReadOnlySpan<char> encoded = Hash.AsSpan(equals + 1).TrimEnd('=');
        return length > 0
            && Base64Url.IsValid(encoded, out int decoded)
            && decoded == length
            && Base64Url.TryDecodeFromChars(encoded, digest, out _);
    }

    /// <summary>The size as a number; null when the field is empty or not a number.</summary>
    public long? SizeInBytes => long.TryParse(Size, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;
}
