using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace VPythonTools.Runner.Archives;

/// <summary>
/// The members of a zip archive, read strictly (APPNOTE.TXT 6.3). <c>System.IO.Compression.ZipArchive</c> serves one thread at a time,
/// checks no check sum, and accepts members that overlap and headers that contradict each other; archives come from elsewhere and are
/// unpacked by all cores, hence this one. An archive is accepted only if every reader would see the same members in it.
/// </summary>
public sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint Zip64LocatorSignature = 0x07064B50;
    private const uint Zip64EndSignature = 0x06064B50;
    private const uint MemberSignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const int EndSize = 22;
    private const int Zip64LocatorSize = 20;
    private const int Zip64EndSize = 56;
    private const int MemberHeaderSize = 46;
    private const int LocalHeaderSize = 30;
    private const ushort Encrypted = 0x2041;
    private const ushort SizesFollow = 0x0008;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ByteRange _bytes;
    private readonly Dictionary<string, ZipMember> _byName;

    private ZipDirectory(ByteRange bytes, ImmutableArray<ZipMember> members)
    {
        _bytes = bytes;
        Members = members;
        _byName = members.ToDictionary(member => member.Name, StringComparer.Ordinal);
    }

    /// <summary>The files, in the order of the central directory. Entries that only name a directory are left out.</summary>
    public ImmutableArray<ZipMember> Members { get; }

    /// <summary>Reads and checks the directory of an archive.</summary>
    /// <exception cref="InvalidDataException">It is not a zip archive, or one that is damaged, ambiguous or over a limit; the message says
    /// what is wrong and can follow the archive's name and a colon.</exception>
    public static ZipDirectory Read(ByteRange bytes, ZipLimits limits)
    {
        (long offset, long size, long count) = FindDirectory(bytes);
        if (count > limits.Members) throw new InvalidDataException($"it has {count:N0} members, more than the {limits.Members:N0} that are allowed");
        if (size > limits.DirectorySize) throw new InvalidDataException($"its directory has {size:N0} bytes, more than the {limits.DirectorySize:N0} that are allowed");
        var directory = new byte[size];
        bytes.ReadExactly(offset, directory);

        var members = ImmutableArray.CreateBuilder<ZipMember>((int)count);
        int position = 0;
        for (long index = 0; index < count; index++) members.Add(ReadMember(directory, ref position));
        if (position != directory.Length) throw new InvalidDataException("its directory has bytes behind the last member");
        CheckLimits(members, limits);
        CheckNames(members);
        SetEndLimits(members, offset);
        members.RemoveAll(member => member.Name.EndsWith('/'));
        return new(bytes, members.DrainToImmutable());
    }

    /// <summary>The member of a name, which is compared exactly; null when there is none.</summary>
    public ZipMember? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// Opens a member for reading. The stream ends with an <see cref="InvalidDataException"/> when the content has another length or check
    /// sum than the directory says; nobody who reads to the end can miss that.
    /// </summary>
    public Stream Open(ZipMember member)
    {
        ByteRange data = Locate(member);
        Stream content = data.OpenRead();
        if (!member.IsStored) content = new DeflateStream(content, CompressionMode.Decompress);
        return new CheckedStream(content, member);
    }

    /// <summary>The bytes of a stored member where they lie; null when it is deflated.</summary>
    /// <exception cref="InvalidDataException">The member's own header contradicts the directory.</exception>
    public ByteRange? OpenInPlace(ZipMember member) => member.IsStored ? Locate(member) : null;

    /// <summary>The whole content of a member that is small enough for memory.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or longer than <paramref name="limit"/>.</exception>
    public byte[] ReadAll(ZipMember member, int limit)
    {
        if (member.Size > limit) throw new InvalidDataException($"'{member.Name}' has {member.Size:N0} bytes, more than the {limit:N0} that are allowed");
        var content = new byte[member.Size];
        using Stream stream = Open(member);
        stream.ReadExactly(content);
        if (stream.ReadByte() >= 0) throw new InvalidDataException($"'{member.Name}' is longer than the directory says");
        return content;
    }

    private static (long Offset, long Size, long Count) FindDirectory(ByteRange bytes)
    {
        var tail = new byte[Math.Min(bytes.Length, EndSize + ushort.MaxValue)];
        long tailStart = bytes.Length - tail.Length;
        bytes.ReadExactly(tailStart, tail);
        for (int index = tail.Length - EndSize; index >= 0; index--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(index);
            if (U32(end) != EndSignature || EndSize + U16(end[20..]) != end.Length) continue;
            return ReadEnd(bytes, end, tailStart + index);
        }
        throw new InvalidDataException("it is not a zip archive, or its end is missing");
    }

    private static (long Offset, long Size, long Count) ReadEnd(ByteRange bytes, ReadOnlySpan<byte> end, long endStart)
    {
        long count = U16(end[10..]);
        long size = U32(end[12..]);
        long offset = U32(end[16..]);
        bool isSplit = U16(end[4..]) != 0 || U16(end[6..]) != 0 || U16(end[8..]) != count;
        long directoryEnd = endStart;
        if (count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            Span<byte> locator = stackalloc byte[Zip64LocatorSize];
            if (endStart < Zip64LocatorSize) throw new InvalidDataException("its end is damaged");
            bytes.ReadExactly(endStart - Zip64LocatorSize, locator);
            if (U32(locator) == Zip64LocatorSignature)
            {
                directoryEnd = I64(locator[8..]);
                if (directoryEnd > endStart - Zip64LocatorSize - Zip64EndSize) throw new InvalidDataException("its end is damaged");
                Span<byte> wide = stackalloc byte[Zip64EndSize];
                bytes.ReadExactly(directoryEnd, wide);
                if (U32(wide) != Zip64EndSignature) throw new InvalidDataException("its end is damaged");
                count = I64(wide[32..]);
                size = I64(wide[40..]);
                offset = I64(wide[48..]);
                isSplit = U32(wide[16..]) != 0 || U32(wide[20..]) != 0 || I64(wide[24..]) != count;
            }
        }
        if (isSplit) throw new InvalidDataException("it is a part of an archive in several files");
        if (offset > directoryEnd || size != directoryEnd - offset || count > size / MemberHeaderSize)
            throw new InvalidDataException("its directory is not where its end says; something was put before it or cut from it");
        return (offset, size, count);
    }

    private static ZipMember ReadMember(ReadOnlySpan<byte> directory, ref int position)
    {
        ReadOnlySpan<byte> header = directory[position..];
        if (header.Length < MemberHeaderSize || U32(header) != MemberSignature) throw new InvalidDataException("its directory is damaged");
        ushort flags = U16(header[8..]);
        ushort method = U16(header[10..]);
        long compressedSize = U32(header[20..]);
        long size = U32(header[24..]);
        int nameLength = U16(header[28..]);
        int extraLength = U16(header[30..]);
        int length = MemberHeaderSize + nameLength + extraLength + U16(header[32..]);
        long offset = U32(header[42..]);
        if (header.Length < length) throw new InvalidDataException("its directory is damaged");
        string name = ReadName(header.Slice(MemberHeaderSize, nameLength));
        ReadWideSizes(header.Slice(MemberHeaderSize + nameLength, extraLength), name, ref size, ref compressedSize, ref offset);

        if ((flags & Encrypted) != 0) throw new InvalidDataException($"'{name}' is encrypted");
        if (method is not (0 or 8)) throw new InvalidDataException($"'{name}' is compressed by method {method}; only stored and deflated members are known");
        if (method == 0 && size != compressedSize) throw new InvalidDataException($"'{name}' is stored in another length than it has");
        if (name.EndsWith('/') && size != 0) throw new InvalidDataException($"'{name}' is a directory with content");
        position += length;
        return new(name, size, compressedSize, U32(header[16..]), method == 0, (int)(U32(header[38..]) >> 16)) { HeaderOffset = offset };
    }

    private static string ReadName(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"the member name '{Encoding.Latin1.GetString(bytes)}' is not UTF-8");
        }
    }

    /// <summary>
    /// The extra field of 64-bit numbers holds, in this order, those of the three whose 32-bit places are full (APPNOTE.TXT 4.5.3).
    /// </summary>
    private static void ReadWideSizes(ReadOnlySpan<byte> extra, string name, ref long size, ref long compressedSize, ref long offset)
    {
        while (extra.Length >= 4)
        {
            ushort id = U16(extra);
            int length = U16(extra[2..]);
            if (extra.Length < 4 + length) throw new InvalidDataException($"the description of '{name}' is damaged");
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1) continue;
            Take(ref field, ref size);
            Take(ref field, ref compressedSize);
            Take(ref field, ref offset);
        }

        void Take(ref ReadOnlySpan<byte> field, ref long value)
        {
            if (value != uint.MaxValue) return;
            if (field.Length < 8) throw new InvalidDataException($"the description of '{name}' is damaged");
            value = I64(field);
            field = field[8..];
        }
    }

    private static void CheckLimits(ImmutableArray<ZipMember>.Builder members, ZipLimits limits)
    {
        long total = 0;
        long compressed = 0;
        foreach (ZipMember member in members)
        {
            if (member.Size > limits.MemberSize)
                throw new InvalidDataException($"'{member.Name}' unpacks to {member.Size:N0} bytes, more than the {limits.MemberSize:N0} that are allowed");
            total += member.Size;
            compressed += member.CompressedSize;
            if (total > limits.TotalSize) throw new InvalidDataException($"it unpacks to more than the {limits.TotalSize:N0} bytes that are allowed");
        }
        if (total > limits.RatioFreeSize && total / limits.Ratio > compressed)
            throw new InvalidDataException($"it unpacks to {total:N0} bytes, more than {limits.Ratio} times its size");
    }

    private static void CheckNames(ImmutableArray<ZipMember>.Builder members)
    {
        // Names are one namespace without case on every system, so that a package that installs here installs everywhere.
        var seen = new Dictionary<string, string>(members.Count, StringComparer.OrdinalIgnoreCase);
        var directories = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ZipMember member in members)
        {
            bool isDirectory = member.Name.EndsWith('/');
            string name = isDirectory ? member.Name[..^1] : member.Name;
            if (MemberPath.Fault(name) is { } fault) throw new InvalidDataException($"the member name '{Printable(member.Name)}' {fault}");
            if (isDirectory)
            {
                AddDirectory(name);
                continue;
            }
            if (member.IsSpecial) throw new InvalidDataException($"'{name}' is not a plain file but a link or a device");
            if (!seen.TryAdd(name, name))
            {
                throw new InvalidDataException(seen[name] == name
                    ? $"it has two members of the name '{name}'"
                    : $"its members '{seen[name]}' and '{name}' are one file where case does not matter");
            }
        }
        foreach (string name in seen.Keys)
        {
            if (name.LastIndexOf('/') is > 0 and int slash) AddDirectory(name[..slash]);
        }
        foreach (string name in seen.Keys)
        {
            if (directories.ContainsKey(name)) throw new InvalidDataException($"'{name}' is both a file and a directory in it");
        }

        // A directory is never entered without those around it, so the first that is known ends the way up.
        void AddDirectory(string path)
        {
            while (directories.TryAdd(path, path))
            {
                int slash = path.LastIndexOf('/');
                if (slash < 0) return;
                path = path[..slash];
            }
            if (directories[path] is var spelling && spelling != path)
                throw new InvalidDataException($"its directories '{spelling}' and '{path}' are one where case does not matter");
        }
    }

    private static void SetEndLimits(ImmutableArray<ZipMember>.Builder members, long directoryOffset)
    {
        int[] order = [.. Enumerable.Range(0, members.Count)];
        Array.Sort(order, (left, right) => members[right].HeaderOffset.CompareTo(members[left].HeaderOffset));
        long limit = directoryOffset;
        foreach (int index in order)
        {
            ZipMember member = members[index];
            if (member.HeaderOffset > limit - LocalHeaderSize || member.CompressedSize > limit - LocalHeaderSize - member.HeaderOffset)
                throw new InvalidDataException($"'{member.Name}' overlaps with what follows it");
            members[index] = member with { EndLimit = limit };
            limit = member.HeaderOffset;
        }
    }

    private ByteRange Locate(ZipMember member)
    {
        Span<byte> header = stackalloc byte[LocalHeaderSize];
        _bytes.ReadExactly(member.HeaderOffset, header);
        int nameLength = U16(header[26..]);
        long start = member.HeaderOffset + LocalHeaderSize + nameLength + U16(header[28..]);
        ushort flags = U16(header[6..]);
        bool agrees = U32(header) == LocalSignature
            && (flags & Encrypted) == 0
            && U16(header[8..]) == (member.IsStored ? 0 : 8)
            && member.CompressedSize <= member.EndLimit - start
            && HasName(member, nameLength)
            && ((flags & SizesFollow) != 0 || HasSizes(member, header));
        if (!agrees) throw new InvalidDataException($"the header of '{member.Name}' contradicts the directory");
        return _bytes.Slice(start, member.CompressedSize);
    }

    private bool HasName(ZipMember member, int length)
    {
        var name = new byte[length];
        _bytes.ReadExactly(member.HeaderOffset + LocalHeaderSize, name);
        return name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(member.Name));
    }

    private static bool HasSizes(ZipMember member, ReadOnlySpan<byte> header) =>
        U32(header[14..]) == member.Crc32 && Agrees(U32(header[18..]), member.CompressedSize) && Agrees(U32(header[22..]), member.Size);

    private static bool Agrees(uint narrow, long value) => narrow == value || narrow == uint.MaxValue;

    private static string Printable(string name) => string.Concat(name.Select(character => char.IsControl(character) ? $"\\x{(int)character:x2}" : character.ToString()));

    private static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long I64(ReadOnlySpan<byte> bytes)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return value >= 0 ? value : throw new InvalidDataException("a length in it is impossible");
    }

    /// <summary>A member's content that is refused at its end when length or check sum are not as promised.</summary>
    private sealed class CheckedStream(Stream content, ZipMember member) : Stream
    {
        private Crc32 _crc;
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => member.Size;

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty) return 0;
            int count = content.Read(buffer);
            _read += count;
            if (_read > member.Size) throw new InvalidDataException($"'{member.Name}' is longer than the directory says");
            _crc.Append(buffer[..count]);
            if (count == 0 && _read < member.Size) throw new InvalidDataException($"'{member.Name}' is shorter than the directory says");
            if (_read == member.Size && _crc.Value != member.Crc32) throw new InvalidDataException($"'{member.Name}' is damaged: its check sum is wrong");
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) content.Dispose();
            base.Dispose(disposing);
        }
    }
}
