using System.Buffers.Binary;
using System.Text;
using VPythonTools.Runner.Archives;

namespace VPythonTools.Runner.Tests.Archives;

/// <summary>Makes zip archives that no honest program makes: every field can be another than the truth.</summary>
internal sealed class ZipForger
{
    private readonly List<Forged> _members = [];

    /// <summary>Bytes put before the archive.</summary>
    public byte[] Prefix { get; init; } = [];

    /// <summary>What the end says about the number of members, in place of the truth.</summary>
    public ushort? Count { get; init; }

    /// <summary>Adds a stored member, in which the given fields may lie.</summary>
    public ZipForger Add(Forged member)
    {
        _members.Add(member);
        return this;
    }

    /// <summary>Adds an honest stored member.</summary>
    public ZipForger Add(string name, string content = "content") => Add(new Forged(name, Encoding.UTF8.GetBytes(content)));

    /// <summary>The archive.</summary>
    public byte[] ToBytes()
    {
        using var output = new MemoryStream();
        output.Write(Prefix);
        var offsets = new List<uint>();
        foreach (Forged member in _members)
        {
            offsets.Add(member.Offset ?? (uint)output.Position);
            byte[] header = new byte[30];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
            WriteCommon(header.AsSpan(4), member, member.LocalName ?? member.Name, member.LocalSize ?? member.Size);
            output.Write(header);
            output.Write(Encoding.UTF8.GetBytes(member.LocalName ?? member.Name));
            output.Write(member.Content);
        }
        long start = output.Position;
        for (int index = 0; index < _members.Count; index++)
        {
            Forged member = _members[index];
            byte[] header = new byte[46];
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), (3 << 8) | 20);
            WriteCommon(header.AsSpan(6), member, member.Name, member.Size);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(38), (uint)member.Mode << 16);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), offsets[index]);
            output.Write(header);
            output.Write(member.RawName ?? Encoding.UTF8.GetBytes(member.Name));
        }
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        ushort count = Count ?? (ushort)_members.Count;
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)(output.Position - start));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)(start - Prefix.Length));
        output.Write(end);
        return output.ToArray();
    }

    private static void WriteCommon(Span<byte> header, Forged member, string name, uint size)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header, 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], member.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], member.Method);
        BinaryPrimitives.WriteUInt32LittleEndian(header[10..], member.Crc ?? Crc32.Of(member.Content));
        BinaryPrimitives.WriteUInt32LittleEndian(header[14..], member.CompressedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(header[18..], size);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)(member.RawName?.Length ?? Encoding.UTF8.GetByteCount(name)));
    }

    /// <summary>A member and what the archive says of it.</summary>
    internal sealed record Forged(string Name, byte[] Content)
    {
        public uint Size { get; init; } = (uint)Content.Length;

        public uint CompressedSize { get; init; } = (uint)Content.Length;

        public uint? LocalSize { get; init; }

        public string? LocalName { get; init; }

        public byte[]? RawName { get; init; }

        public uint? Crc { get; init; }

        public uint? Offset { get; init; }

        public ushort Flags { get; init; }

        public ushort Method { get; init; }

        public int Mode { get; init; } = 0x81A4;
    }
}
