using System.Buffers.Text;
using System.Globalization;
using System.Text;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Binding;

/// <summary>Numbers and words as the text format writes them.</summary>
internal static class ScalarText
{
    /// <summary>An integer without sign: decimal, octal behind a zero, hexadecimal behind <c>0x</c>.</summary>
    /// <returns>False when it needs more than 64 bits.</returns>
    public static bool TryReadInteger(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.Length > 1 && text[0] == '0' && (text[1] | 0x20) == 'x')
        {
            foreach (byte digit in text[2..])
            {
                if (value >> 60 != 0) return false;
                value = value << 4 | (uint)HexDigit(digit);
            }
            return true;
        }
        if (text.Length > 1 && text[0] == '0')
        {
            foreach (byte digit in text)
            {
                if (value >> 61 != 0) return false;
                value = value << 3 | (uint)(digit - '0');
            }
            return true;
        }
        return Utf8Parser.TryParse(text, out value, out int consumed) && consumed == text.Length;
    }

    /// <summary>Whether an integer is written in decimal, the only way that a field of floating point takes it.</summary>
    public static bool IsDecimal(ReadOnlySpan<byte> text) => text.Length == 1 || text[0] != '0';

    /// <summary>A number with or without decimal point, exponent and suffix <c>f</c>. Too large is infinite.</summary>
    public static double ReadDouble(ReadOnlySpan<byte> text)
    {
        if ((text[^1] | 0x20) == 'f') text = text[..^1];
        return double.Parse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
    }

    /// <summary>The nearest number of single precision. The number half-way between the largest one and infinity becomes the largest one, as in protoc.</summary>
    public static float Narrow(double value)
    {
        const double HalfWayToInfinity = 3.4028235677973366e38;
        return Math.Abs(value) == HalfWayToInfinity ? float.CopySign(float.MaxValue, (float)value) : (float)value;
    }

    /// <summary>The words for infinity and not-a-number, in any case of letters.</summary>
    public static bool TryReadSpecialDouble(ReadOnlySpan<byte> word, out double value)
    {
        const ulong QuietNaN = 0x7FF8_0000_0000_0000;
        bool isInfinite = Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8);
        value = isInfinite ? double.PositiveInfinity : BitConverter.UInt64BitsToDouble(QuietNaN);
        return isInfinite || Ascii.EqualsIgnoreCase(word, "nan"u8);
    }

    /// <summary>A Boolean as a word, or as 0 or 1 in any notation.</summary>
    public static bool TryReadBoolean(SyntaxKind kind, ReadOnlySpan<byte> text, out bool value)
    {
        if (kind == SyntaxKind.IntegerLiteral)
        {
            bool isNumber = TryReadInteger(text, out ulong number);
            value = number == 1;
            return isNumber && number <= 1;
        }
        value = text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("t"u8);
        return value || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("f"u8);
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
