using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>
/// The bytes of a catalogue, checked once as a whole, so that nothing that is read from them later can fail: tables of 32-bit little-endian numbers and one
/// table of strings, read in place.
/// </summary>
/// <remarks>
/// Header: magic (8 bytes), format, length of the file, CRC-32C of everything behind the header, number of sections, then offset and number of entries of
/// each section. A reader needs the sections that it knows; more may follow in later formats of the same number.
/// </remarks>
internal sealed class CatalogueFile
{
    /// <summary>The format that we read and write.</summary>
    public const uint Format = 1;

    /// <summary>The greatest length that is read; the published list needs less than a megabyte.</summary>
    public const int MaximumLength = 64 << 20;

    /// <summary>The length of what comes before the directory of sections.</summary>
    public const int HeaderLength = 24;

    private const int SectionCount = (int)CatalogueSection.ModuleIndex + 1;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly (int Offset, int Count)[] _sections = new (int Offset, int Count)[SectionCount];

    private CatalogueFile(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>What every file begins with; a line break and an end-of-file character show what transfers as text do to it.</summary>
    public static ReadOnlySpan<byte> Magic => "VPYCAT\x1A\n"u8;

    /// <summary>How many 32-bit numbers an entry of a section has; bytes in the section of text.</summary>
    public static int WidthOf(CatalogueSection section) => section switch
    {
        CatalogueSection.Packages or CatalogueSection.Versions => 4,
        CatalogueSection.Distributions => 5,
        CatalogueSection.Metadata => 9,
        CatalogueSection.ModuleIndex => 2,
        _ => 1,
    };

    /// <summary>Reads and checks a file.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CatalogueFile? file, [NotNullWhen(false)] out CatalogueFault? fault)
    {
        file = null;
        fault = FindFaultInHeader(bytes.Span);
        if (fault is not null) return false;
        var candidate = new CatalogueFile(bytes);
        string? damage = candidate.ReadSections() ?? candidate.FindDamage();
        fault = damage is null ? null : new($"it is damaged: {damage}");
        file = damage is null ? candidate : null;
        return file is not null;
    }

    /// <summary>The checksum of what stands behind the header.</summary>
    public static uint Checksum(ReadOnlySpan<byte> body)
    {
        uint crc = uint.MaxValue;
        while (body.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(body));
            body = body[sizeof(ulong)..];
        }
        foreach (byte one in body) crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    /// <summary>How many entries a section has.</summary>
    public int Count(CatalogueSection section) => _sections[(int)section].Count;

    /// <summary>A number of an entry.</summary>
    public int Get(CatalogueSection section, int entry, int column = 0) => (int)GetUnsigned(section, entry, column);

    /// <summary>A number of an entry that uses all 32 bits.</summary>
    public uint GetUnsigned(CatalogueSection section, int entry, int column = 0)
    {
        int offset = _sections[(int)section].Offset + (((entry * WidthOf(section)) + column) * sizeof(uint));
        return BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[offset..]);
    }

    /// <summary>A string.</summary>
    public string GetString(int index) => Encoding.UTF8.GetString(GetUtf8(index));

    /// <summary>The strings of some entries.</summary>
    public ImmutableArray<string> GetStrings(CatalogueSection section, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(entry => GetString(Get(section, entry)))];

    /// <summary>The entry of a sorted section whose string in the first column is <paramref name="text"/>; the complement of where it would be when there is none.</summary>
    public int Find(CatalogueSection section, string text)
    {
        Span<byte> room = stackalloc byte[256];
        ReadOnlySpan<byte> wanted = Encoding.UTF8.TryGetBytes(text, room, out int length) ? room[..length] : Encoding.UTF8.GetBytes(text);
        int low = 0, high = Count(section) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = GetUtf8(Get(section, middle)).SequenceCompareTo(wanted);
            if (order == 0 && (middle == 0 || Get(section, middle - 1) != Get(section, middle))) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    private ReadOnlySpan<byte> GetUtf8(int index)
    {
        int start = index == 0 ? 0 : Get(CatalogueSection.Strings, index - 1);
        int end = Get(CatalogueSection.Strings, index);
        return _bytes.Span.Slice(_sections[(int)CatalogueSection.Text].Offset + start, end - start);
    }

    private static CatalogueFault? FindFaultInHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumLength) return new($"it has {bytes.Length} bytes, and at most {MaximumLength} are read");
        if (!bytes.StartsWith(Magic)) return new("it is no catalogue");
        if (bytes.Length < HeaderLength) return new("it is damaged: its header is cut off");
        uint format = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (format > Format) return new($"its format is {format}, and this program knows formats up to {Format}", IsNewer: true);
        if (format == 0) return new("it is damaged: its format is 0");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        if (length != bytes.Length) return new($"it is damaged: it says that it has {length} bytes, and it has {bytes.Length}");
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) == Checksum(bytes[20..]) ? null : new("it is damaged: its checksum is wrong");
    }

    private string? ReadSections()
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        if (count < SectionCount || bytes.Length < HeaderLength + (SectionCount * 2 * sizeof(uint))) return $"it has {count} sections, and {SectionCount} are needed";
        for (int section = 0; section < SectionCount; section++)
        {
            ReadOnlySpan<byte> entry = bytes[(HeaderLength + (section * 2 * sizeof(uint)))..];
            uint offset = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            uint entries = BinaryPrimitives.ReadUInt32LittleEndian(entry[sizeof(uint)..]);
            bool isText = section == (int)CatalogueSection.Text;
            ulong size = entries * (ulong)(isText ? 1 : WidthOf((CatalogueSection)section) * sizeof(uint));
            if (offset + size > (ulong)bytes.Length) return $"its section {section} ends outside of the file";
            _sections[section] = ((int)offset, (int)entries);
        }
        return null;
    }

    private string? FindDamage() => FindDamageInStrings() ?? FindDamageInReferences() ?? FindDamageInRanges() ?? FindDamageInOrder() ?? FindDamageInNames();

    private string? FindDamageInStrings()
    {
        (int offset, int length) = _sections[(int)CatalogueSection.Text];
        ReadOnlySpan<byte> text = _bytes.Span.Slice(offset, length);
        if (!Utf8.IsValid(text)) return "its text is not UTF-8";
        uint previous = 0;
        ReadOnlySpan<byte> ends = Table(CatalogueSection.Strings);
        for (int i = 0; i < ends.Length; i += sizeof(uint))
        {
            uint end = BinaryPrimitives.ReadUInt32LittleEndian(ends[i..]);
            if (end < previous || end > length) return "its strings overlap";
            if (end < length && (text[(int)end] & 0xC0) == 0x80) return "a string ends within a character";
            previous = end;
        }
        return null;
    }

    private string? FindDamageInReferences()
    {
        int strings = Count(CatalogueSection.Strings), distributions = Count(CatalogueSection.Distributions);
        bool isSound = Count(CatalogueSection.Information) == 2
            && GetUnsigned(CatalogueSection.Information, 0) < (uint)strings
            && Count(CatalogueSection.Platforms) < 63
            && AreBelow(CatalogueSection.Platforms, 0, strings)
            && AreBelow(CatalogueSection.Packages, 0, strings)
            && AreBelow(CatalogueSection.Packages, 1, distributions)
            && AreBelow(CatalogueSection.Versions, 0, strings)
            && AreBelow(CatalogueSection.Versions, 1, int.MaxValue)
            && AreBelow(CatalogueSection.Distributions, 0, strings)
            && AreBelow(CatalogueSection.PackageReferences, 0, Count(CatalogueSection.Packages))
            && Enumerable.Range(0, 4).All(column => AreBelow(CatalogueSection.Metadata, column, strings))
            && AreBelow(CatalogueSection.Requirements, 0, strings)
            && AreBelow(CatalogueSection.Modules, 0, strings)
            && AreBelow(CatalogueSection.ModuleIndex, 0, strings)
            && AreBelow(CatalogueSection.ModuleIndex, 1, distributions);
        return isSound ? null : "an entry refers to another one that is not there";
    }

    private string? FindDamageInRanges()
    {
        bool isSound = AreDivided(CatalogueSection.Packages, 2, CatalogueSection.Versions)
            && AreDivided(CatalogueSection.Distributions, 1, CatalogueSection.PackageReferences)
            && AreDivided(CatalogueSection.Distributions, 3, CatalogueSection.Metadata)
            && AreDivided(CatalogueSection.Metadata, 5, CatalogueSection.Requirements)
            && AreDivided(CatalogueSection.Metadata, 7, CatalogueSection.Modules);
        return isSound ? null : "an entry has parts that are not there";
    }

    private string? FindDamageInOrder()
    {
        foreach (CatalogueSection section in (ReadOnlySpan<CatalogueSection>)[CatalogueSection.Packages, CatalogueSection.Distributions, CatalogueSection.ModuleIndex])
        {
            for (int i = 1; i < Count(section); i++)
            {
                int order = GetUtf8(Get(section, i - 1)).SequenceCompareTo(GetUtf8(Get(section, i)));
                if (order > 0 || (order == 0 && section != CatalogueSection.ModuleIndex)) return "its entries are not sorted";
            }
        }
        return null;
    }

    private string? FindDamageInNames()
    {
        var distributions = new DistributionName[Count(CatalogueSection.Distributions)];
        for (int i = 0; i < distributions.Length; i++)
        {
            string name = GetString(Get(CatalogueSection.Distributions, i));
            if (!DistributionName.TryParse(name, out distributions[i], out _) || distributions[i].Value != name) return $"'{name}' is not the name of a distribution";
        }
        for (int i = 0; i < Count(CatalogueSection.Packages); i++)
        {
            string name = GetString(Get(CatalogueSection.Packages, i));
            if (!WheelPackageName.TryParse(name, out WheelPackageName? parsed) || parsed.Distribution != distributions[Get(CatalogueSection.Packages, i, 1)])
                return $"the package '{name}' is listed with another distribution than its own";
        }
        return null;
    }

    private bool AreBelow(CatalogueSection section, int column, int limit)
    {
        ReadOnlySpan<byte> table = Table(section);
        int width = WidthOf(section) * sizeof(uint);
        for (int offset = column * sizeof(uint); offset < table.Length; offset += width)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(table[offset..]) >= (uint)limit) return false;
        }
        return true;
    }

    /// <summary>Whether the entries that a column and the next one describe, as first and number, follow each other and are all that there are.</summary>
    private bool AreDivided(CatalogueSection section, int column, CatalogueSection parts)
    {
        ReadOnlySpan<byte> table = Table(section);
        int width = WidthOf(section) * sizeof(uint);
        ulong next = 0;
        for (int offset = column * sizeof(uint); offset < table.Length; offset += width)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(table[offset..]) != next) return false;
            next += BinaryPrimitives.ReadUInt32LittleEndian(table[(offset + sizeof(uint))..]);
        }
        return next == (ulong)Count(parts);
    }

    private ReadOnlySpan<byte> Table(CatalogueSection section)
    {
        (int offset, int count) = _sections[(int)section];
        return _bytes.Span.Slice(offset, count * WidthOf(section) * sizeof(uint));
    }
}
