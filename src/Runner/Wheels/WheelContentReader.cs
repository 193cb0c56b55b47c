using System.Security.Cryptography;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Reads files of wheels and checks them against their hashes. It keeps its buffer and its hashes between files and serves one thread.
/// </summary>
internal sealed class WheelContentReader : IDisposable
{
    private const int BufferSize = 256 << 10;

    private byte[]? _buffer;
    private IncrementalHash? _hash;

    /// <summary>All of a small file.</summary>
    /// <exception cref="InvalidDataException">The content is not what RECORD promises.</exception>
    public static byte[] ReadAll(Wheel wheel, WheelMember member)
    {
        if (!member.Row.TryGetDigest(out HashAlgorithmName algorithm, out byte[] expected)) throw Unhashed(member);
        byte[] content = new byte[member.Size];
        using (Stream stream = wheel.Open(member))
        {
            if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length || stream.ReadByte() >= 0) throw Different(member);
        }
        byte[] digest = algorithm == HashAlgorithmName.SHA256 ? Sha256.Of(content) : CryptographicOperations.HashData(algorithm, content);
        return digest.AsSpan().SequenceEqual(expected) ? content : throw Different(member);
    }

    /// <summary>Copies a file.</summary>
    /// <exception cref="InvalidDataException">The content is not what RECORD or the archive's directory promises. Some of it may have been
    /// written.</exception>
    public void Read(Wheel wheel, WheelMember member, Stream destination)
    {
        if (!member.Row.TryGetDigest(out HashAlgorithmName algorithm, out byte[] expected))
            throw Unhashed(member);
        if (_hash is null || _hash.AlgorithmName != algorithm)
        {
            _hash?.Dispose();
            _hash = IncrementalHash.CreateHash(algorithm);
        }
        using Stream content = wheel.Open(member);
        byte[] buffer = _buffer ??= new byte[BufferSize];
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        try
        {
            int count;
            while ((count = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
            {
                _hash.AppendData(buffer, 0, count);
                destination.Write(buffer, 0, count);
            }
        }
        finally
        {
            int length = _hash.GetHashAndReset(digest);
            digest = digest[..length];
        }
        if (!digest.SequenceEqual(expected)) throw Different(member);
    }

    public void Dispose() => _hash?.Dispose();

    private static InvalidDataException Unhashed(WheelMember member) => new($"RECORD gives '{member.Name}' no hash that is known here");

    private static InvalidDataException Different(WheelMember member) => new($"the content of '{member.Name}' is not what RECORD promises");
}
