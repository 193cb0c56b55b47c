using System.Text;

namespace VPythonTools.SpecLang.Documents;

/// <summary>Unicode white space at the ends of UTF-8 text, by the White_Space property. Bytes that are not UTF-8 are not white space.</summary>
internal static class WhiteSpace
{
    /// <summary>How many bytes of white space the text starts with.</summary>
    public static int LeadingLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length)
        {
            if (text[length] < 0x80)
            {
                if (!IsAscii(text[length])) break;
                length++;
                continue;
            }
            Rune.DecodeFromUtf8(text[length..], out Rune rune, out int consumed);
            if (!Rune.IsWhiteSpace(rune)) break;
            length += consumed;
        }
        return length;
    }

    /// <summary>The length of the text without the white space at its end.</summary>
    public static int TrimmedLength(ReadOnlySpan<byte> text)
    {
        int length = text.Length;
        while (length > 0)
        {
            if (text[length - 1] < 0x80)
            {
                if (!IsAscii(text[length - 1])) break;
                length--;
                continue;
            }
            Rune.DecodeLastFromUtf8(text[..length], out Rune rune, out int consumed);
            if (!Rune.IsWhiteSpace(rune)) break;
            length -= consumed;
        }
        return length;
    }

    /// <summary>Whether an ASCII byte is white space.</summary>
    public static bool IsAscii(byte value) => value is (byte)' ' or >= 0x09 and <= 0x0D;
}
