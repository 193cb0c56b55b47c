using System.Buffers.Binary;

namespace VPythonTools.SpecLang.Binding;

/// <summary>Reads what <see cref="MessageBinder"/> writes: a message in protobuf's binary form, field by field. Not for bytes of strangers.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of the field that was read last.</summary>
    public int Number { get; private set; }

    /// <summary>Its value when that is a number; the bits of floating-point numbers.</summary>
    public ulong Bits { get; private set; }

    /// <summary>Its value when that is a string, a message or a packed list: the bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Reads the next field; false at the end.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        ulong tag = ReadVarint();
        Number = (int)(tag >> 3);
        Payload = default;
        switch ((int)(tag & 7))
        {
            case WireWriter.VarintType:
                Bits = ReadVarint();
                break;
            case WireWriter.Fixed32Type:
                Bits = ReadFixed32();
                break;
            case WireWriter.Fixed64Type:
                Bits = ReadFixed64();
                break;
            case WireWriter.StartGroupType:
                Payload = ReadGroup(Number);
                break;
            default:
                int length = (int)ReadVarint();
                Payload = _rest[..length];
                _rest = _rest[length..];
                break;
        }
        return true;
    }

    /// <summary>Reads one element of a packed list; false at its end.</summary>
    public bool NextPacked(int wireType)
    {
        if (_rest.IsEmpty) return false;
        Bits = wireType switch
        {
            WireWriter.Fixed32Type => ReadFixed32(),
            WireWriter.Fixed64Type => ReadFixed64(),
            _ => ReadVarint(),
        };
        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    private ulong ReadFixed32()
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    private ulong ReadFixed64()
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    /// <summary>The fields of a group: up to the tag that ends the one that was begun.</summary>
    private ReadOnlySpan<byte> ReadGroup(int number)
    {
        ReadOnlySpan<byte> start = _rest;
        var depth = 1;
        while (true)
        {
            ReadOnlySpan<byte> before = _rest;
            ulong tag = ReadVarint();
            switch ((int)(tag & 7))
            {
                case WireWriter.VarintType:
                    ReadVarint();
                    break;
                case WireWriter.Fixed32Type:
                    ReadFixed32();
                    break;
                case WireWriter.Fixed64Type:
                    ReadFixed64();
                    break;
                case WireWriter.LengthType:
                    int length = (int)ReadVarint();
                    _rest = _rest[length..];
                    break;
                case WireWriter.StartGroupType:
                    depth++;
                    break;
                default:
                    if (--depth > 0) break;
                    Number = number;
                    return start[..^before.Length];
            }
        }
    }
}
