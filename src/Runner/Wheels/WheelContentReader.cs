using System.Security.Cryptography;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Reads files of wheels and checks them against their hashes. It keeps its buffer and its hashes between files and serves one thread.
/// </summary>
internal sealed class WheelContentReader : IDisposable
{
    private readonly byte[] _buffer = new byte[256 << 10];
    private IncrementalHash? _hash;

    /// <summary>Copies a file.</summary>
    /// <exception cref="InvalidDataException">The content is not what RECORD or the archive's directory promises. Some of it may have been
    /// written.</exception>
    public void Read(Wheel wheel, WheelMember member, Stream destination)
    {
        if (!member.Row.TryGetDigest(out HashAlgorithmName algorithm, out byte[] expected))
            throw new InvalidDataException($"RECORD gives '{member.Name}' no hash that is known here");
        if (_hash is null || _hash.AlgorithmName != algorithm)
        {
            _hash?.Dispose();
            _hash = IncrementalHash.CreateHash(algorithm);
        }
        using Stream content = wheel.Open(member);
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        try
        {
            int count;
            while ((count = Fill(content)) > 0)
            {
                _hash.AppendData(_buffer, 0, count);
                destination.Write(_buffer, 0, count);
            }
        }
        finally
        {
            int length = _hash.GetHashAndReset(digest);
            digest = digest[..length];
        }
        if (!digest.SequenceEqual(expected))
            throw new InvalidDataException($"the content of '{member.Name}' is not what RECORD promises");
    }

    public void Dispose() => _hash?.Dispose();

    /// <summary>Reads until the buffer is full, so that most files cost one write.</summary>
    private int Fill(Stream content)
    {
        int filled = 0;
        int count;
        while (filled < _buffer.Length && (count = content.Read(_buffer, filled, _buffer.Length - filled)) > 0) filled += count;
        return filled;
    }
}
