using Microsoft.Win32.SafeHandles;

namespace VPythonTools.Runner.Archives;

/// <summary>
/// A run of bytes that can be read at any place by many threads at once: a file, a part of a file, or memory. A wheel that is stored in a
/// package is a part of the package's file and is read where it lies.
/// </summary>
public sealed class ByteRange
{
    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly long _start;

    private ByteRange(SafeFileHandle? file, ReadOnlyMemory<byte> memory, long start, long length)
    {
        _file = file;
        _memory = memory;
        _start = start;
        Length = length;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>All of a file, as long as it is now. The caller keeps the handle open while the range or a part of it is read.</summary>
    public static ByteRange OfFile(SafeFileHandle file) => new(file, default, 0, RandomAccess.GetLength(file));

    /// <summary>Bytes in memory.</summary>
    public static ByteRange OfMemory(ReadOnlyMemory<byte> bytes) => new(null, bytes, 0, bytes.Length);

    /// <summary>A part of this range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches outside.</exception>
    public ByteRange Slice(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        return new(_file, _memory, _start + offset, length);
    }

    /// <summary>Reads at a place of the range; gives how many bytes were read, 0 only at the end or for an empty buffer.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        if (count == 0) return 0;
        if (_file is not null) return RandomAccess.Read(_file, buffer[..count], _start + offset);
        _memory.Span.Slice((int)(_start + offset), count).CopyTo(buffer);
        return count;
    }

    /// <summary>Fills the buffer from a place of the range.</summary>
    /// <exception cref="InvalidDataException">The range ends before the buffer is full.</exception>
    public void ReadExactly(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = Read(offset, buffer);
            if (count == 0) throw new InvalidDataException("it ends in the middle");
            offset += count;
            buffer = buffer[count..];
        }
    }

    /// <summary>The range as a stream from its first byte. Closing the stream does not close the file.</summary>
    public Stream OpenRead() => new ByteRangeStream(this);
}
