using System.Numerics;

namespace VPythonTools.SpecLang.Text;

/// <summary>Bytes that grow.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes;

    public ByteBuffer(int capacity) => _bytes = new byte[Math.Max(capacity, 16)];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The bytes, for holders that outlive a stack frame; valid until the next change.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Append(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    public void Append(ReadOnlySpan<byte> values)
    {
        values.CopyTo(Reserve(values.Length));
        Length += values.Length;
    }

    /// <summary>Room for this many bytes behind the last one, not yet part of the buffer.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count) Grow(count);
        return _bytes.AsSpan(Length, count);
    }

    /// <summary>Makes bytes that were written to reserved room part of the buffer.</summary>
    public void Advance(int count) => Length += count;

    /// <summary>Forgets all bytes from an offset on.</summary>
    public void Truncate(int length) => Length = length;

    private void Grow(int count) => Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((uint)(Length + count), BitOperations.RoundUpToPowerOf2((uint)Length + 1) * 2)));
}
