using System.Buffers.Binary;
using System.Text;

namespace VPythonTools.Runner.Archives;

/// <summary>
/// Writes zip archives whose bytes depend on nothing but names and contents: members stored, no times, modes of a read-only Unix file. The
/// same input gives the same archive on every machine and with every version of the compression library, since there is no compression.
/// </summary>
public sealed class StoredZipWriter(Stream output)
{
    private const ushort Utf8Names = 0x0800;
    private const ushort VersionNeeded = 20;
    private const ushort MadeOnUnix = (3 << 8) | VersionNeeded;

    // A regular file that its owner may read, in the upper half; DOS's read-only bit below. CIPD's own packages say the same.
    private const uint ReadOnlyFile = (0x8100u << 16) | 1;

    private readonly List<(byte[] Name, uint Crc32, uint Size, uint Offset)> _members = [];
    private long _position;

    /// <summary>Adds a member; the names of all members must differ.</summary>
    /// <exception cref="NotSupportedException">The archive would pass 4 GiB, where another format begins.</exception>
    public void Add(string name, ByteRange content)
    {
        byte[] encoded = Encoding.UTF8.GetBytes(name);
        if (_position + content.Length >= uint.MaxValue) throw new NotSupportedException("Archives of 4 GiB and more are not written.");
        (byte[] Name, uint Crc32, uint Size, uint Offset) member = (encoded, ChecksumOf(content), (uint)content.Length, (uint)_position);

        Span<byte> header = stackalloc byte[30];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034B50);
        WriteCommon(header[4..], member);
        Write(header);
        Write(encoded);
        var buffer = new byte[128 << 10];
        for (long offset = 0; offset < content.Length;)
        {
            int count = content.Read(offset, buffer);
            if (count == 0) throw new InvalidDataException($"'{name}' became shorter while it was read");
            Write(buffer.AsSpan(0, count));
            offset += count;
        }
        _members.Add(member);
    }

    /// <summary>Writes the directory; nothing can be added afterwards.</summary>
    public void Finish()
    {
        long start = _position;
        Span<byte> header = stackalloc byte[46];
        foreach ((byte[] Name, uint Crc32, uint Size, uint Offset) member in _members)
        {
            header.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014B50);
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], MadeOnUnix);
            WriteCommon(header[6..], member);
            BinaryPrimitives.WriteUInt32LittleEndian(header[38..], ReadOnlyFile);
            BinaryPrimitives.WriteUInt32LittleEndian(header[42..], member.Offset);
            Write(header);
            Write(member.Name);
        }
        long size = _position - start;
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], checked((ushort)_members.Count));
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], checked((ushort)_members.Count));
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], checked((uint)size));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], checked((uint)start));
        Write(end);
    }

    /// <summary>
    /// The 26 bytes that both kinds of header share: version, flags, method, time, date, check sum, sizes, lengths of name and extra field.
    /// </summary>
    private static void WriteCommon(Span<byte> header, (byte[] Name, uint Crc32, uint Size, uint Offset) member)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(header, VersionNeeded);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], Ascii.IsValid(member.Name) ? (ushort)0 : Utf8Names);
        BinaryPrimitives.WriteUInt32LittleEndian(header[10..], member.Crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(header[14..], member.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(header[18..], member.Size);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], checked((ushort)member.Name.Length));
    }

    private static uint ChecksumOf(ByteRange content)
    {
        var crc = new Crc32();
        var buffer = new byte[128 << 10];
        int count;
        for (long offset = 0; (count = content.Read(offset, buffer)) > 0; offset += count) crc.Append(buffer.AsSpan(0, count));
        return crc.Value;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        _position += bytes.Length;
    }
}
