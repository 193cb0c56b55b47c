using System.Buffers.Binary;

namespace VPythonTools.Runner.Archives;

/// <summary>
/// The check sum of zip files: CRC-32 with the polynomial 0x04C11DB7, bits reversed (ISO 3309, APPNOTE.TXT 4.4.7). Eight bytes a step, by
/// eight tables.
/// </summary>
public struct Crc32
{
    private static readonly uint[] Tables = MakeTables();

    private uint _inverted;

    /// <summary>The check sum of all bytes so far.</summary>
    public readonly uint Value => _inverted;

    /// <summary>The check sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32();
        crc.Append(bytes);
        return crc.Value;
    }

    /// <summary>Takes in more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint[] tables = Tables;
        uint crc = ~_inverted;
        while (bytes.Length >= 8)
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(7 * 256) + (int)(low & 0xFF)]
                ^ tables[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ tables[(5 * 256) + (int)((low >> 16) & 0xFF)]
                ^ tables[(4 * 256) + (int)(low >> 24)]
                ^ tables[(3 * 256) + (int)(high & 0xFF)]
                ^ tables[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ tables[256 + (int)((high >> 16) & 0xFF)]
                ^ tables[(int)(high >> 24)];
            bytes = bytes[8..];
        }
        foreach (byte value in bytes) crc = tables[(int)((crc ^ value) & 0xFF)] ^ (crc >> 8);
        _inverted = ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint index = 0; index < 256; index++)
        {
            uint value = index;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            tables[index] = value;
        }
        for (int index = 256; index < tables.Length; index++)
        {
            uint previous = tables[index - 256];
            tables[index] = tables[(int)(previous & 0xFF)] ^ (previous >> 8);
        }
        return tables;
    }
}
