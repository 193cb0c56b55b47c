using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>The key of a map entry, in the order that protoc sorts by: numbers by value, strings by their bytes.</summary>
/// <param name="Number">The number, moved so that the smallest possible one is zero; zero for strings.</param>
/// <param name="Text">The bytes of a string; null for numbers.</param>
internal readonly record struct MapKey(ulong Number, byte[]? Text) : IComparable<MapKey>
{
    /// <summary>Reads the key of an entry in binary form, which starts with the tag and length of the entry and goes on with the key.</summary>
    public static MapKey Read(ReadOnlySpan<byte> entry, FieldType type)
    {
        // Key fields are few bytes, so copying them for the reader costs nothing that matters.
        var input = new CodedInputStream(entry.ToArray());
        input.ReadTag();
        input.ReadLength();
        // A key that was refused is not there.
        if (WireFormat.GetTagFieldNumber(input.ReadTag()) != 1) return new(0, type == FieldType.String ? [] : null);
        return type switch
        {
            FieldType.String => new(0, input.ReadBytes().ToByteArray()),
            FieldType.Bool => new(input.ReadBool() ? 1u : 0u, null),
            FieldType.UInt32 or FieldType.UInt64 => new(input.ReadUInt64(), null),
            FieldType.Fixed32 => new(input.ReadFixed32(), null),
            FieldType.Fixed64 => new(input.ReadFixed64(), null),
            FieldType.SInt32 or FieldType.SInt64 => Signed(input.ReadSInt64()),
            FieldType.SFixed32 => Signed(input.ReadSFixed32()),
            FieldType.SFixed64 => Signed(input.ReadSFixed64()),
            _ => Signed(input.ReadInt64()),
        };
    }

    /// <inheritdoc/>
    public int CompareTo(MapKey other) => Text is null ? Number.CompareTo(other.Number) : Text.AsSpan().SequenceCompareTo(other.Text);

    private static MapKey Signed(long value) => new((ulong)value ^ 1UL << 63, null);
}
