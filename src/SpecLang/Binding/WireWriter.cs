using System.Buffers.Binary;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Binding;

/// <summary>Protobuf's binary form: tags, variable-length integers, fixed-length numbers.</summary>
internal static class WireWriter
{
    public const int VarintType = 0;
    public const int Fixed64Type = 1;
    public const int LengthType = 2;
    public const int StartGroupType = 3;
    public const int EndGroupType = 4;
    public const int Fixed32Type = 5;

    /// <summary>The wire type of a scalar outside packed lists.</summary>
    public static int TypeOf(FieldType type) => type switch
    {
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => Fixed64Type,
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => Fixed32Type,
        FieldType.String or FieldType.Bytes => LengthType,
        _ => VarintType,
    };

    public static void AppendTag(this ByteBuffer target, int number, int wireType) => target.AppendVarint((uint)number << 3 | (uint)wireType);

    public static void AppendVarint(this ByteBuffer target, ulong value)
    {
        while (value >= 0x80)
        {
            target.Append((byte)(value | 0x80));
            value >>= 7;
        }
        target.Append((byte)value);
    }

    public static void AppendFixed32(this ByteBuffer target, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target.Reserve(4), value);
        target.Advance(4);
    }

    public static void AppendFixed64(this ByteBuffer target, ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target.Reserve(8), value);
        target.Advance(8);
    }

    /// <summary>Gives the bytes from <paramref name="start"/> on the length that belongs before them. One byte is already there for it, which is enough for most.</summary>
    public static void PutLengthBefore(this ByteBuffer target, int start)
    {
        int length = target.Length - start;
        int more = VarintLength((uint)length) - 1;
        if (more > 0)
        {
            target.Reserve(more);
            target.Advance(more);
            target.Written.Slice(start, length).CopyTo(target.Written[(start + more)..]);
        }
        Span<byte> place = target.Written[(start - 1)..];
        uint rest = (uint)length;
        int i = 0;
        for (; rest >= 0x80; rest >>= 7) place[i++] = (byte)(rest | 0x80);
        place[i] = (byte)rest;
    }

    private static int VarintLength(uint value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7) length++;
        return length;
    }
}
