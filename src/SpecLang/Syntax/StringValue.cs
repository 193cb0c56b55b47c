using System.Diagnostics;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>The bytes that strings and heredocs stand for.</summary>
internal static class StringValue
{
    /// <summary>Appends the value of a string or heredoc; an escape that is none stands for its characters.</summary>
    public static void Append(SpecDocument document, SyntaxToken token, ByteBuffer target)
    {
        if (token.Kind == SyntaxKind.Heredoc)
        {
            if (token.Fault == TokenFault.None) AppendHeredoc(document, token, target);
            return;
        }
        ReadOnlySpan<byte> text = Inside(document.Text.Bytes, token);
        if (token.HasEscape) AppendEscaped(text, target);
        else target.Append(text);
    }

    /// <summary>Reports each backslash that begins no escape.</summary>
    public static void ReportEscapes(ReadOnlySpan<byte> bytes, SyntaxToken token, List<Diagnostic> diagnostics)
    {
        ReadOnlySpan<byte> text = Inside(bytes, token);
        for (int offset = 0; offset < text.Length;)
        {
            int skipped = text[offset..].IndexOf((byte)'\\');
            if (skipped < 0) return;
            offset += skipped;
            var escape = Escape.Read(text[offset..]);
            // A backslash at the very end has nothing behind it because the string is unterminated, which is said already.
            if (!escape.IsValid && offset + 1 < text.Length)
            {
                string shown = Encoding.UTF8.GetString(text.Slice(offset, escape.Length));
                diagnostics.Add(Diagnostic.Create(SyntaxDiagnostics.InvalidEscape, new(token.Start + 1 + offset, escape.Length), shown, Advice(text[offset + 1])));
            }
            offset += escape.Length;
        }
    }

    private static string Advice(byte letter) => (char)letter switch
    {
        'x' or 'X' => "One or two hexadecimal digits follow '\\x'.",
        'u' => "Four hexadecimal digits follow '\\u'.",
        'U' => "Eight hexadecimal digits follow '\\U', at most 0010FFFF.",
        _ => "Write '\\\\' for a backslash.",
    };

    /// <summary>What stands between the quotes.</summary>
    internal static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> bytes, SyntaxToken token)
    {
        int end = token.Fault == TokenFault.UnterminatedString ? token.End : token.End - 1;
        return bytes[(token.Start + 1)..end];
    }

    private static void AppendEscaped(ReadOnlySpan<byte> text, ByteBuffer target)
    {
        while (true)
        {
            int plain = text.IndexOf((byte)'\\');
            if (plain < 0)
            {
                target.Append(text);
                return;
            }
            target.Append(text[..plain]);
            text = text[plain..];
            var escape = Escape.Read(text);
            if (!escape.IsValid) target.Append(text[..escape.Length]);
            else if (escape.IsByte) target.Append((byte)escape.Value);
            else AppendCodePoint(escape.Value, target);
            text = text[escape.Length..];
        }
    }

    /// <summary>UTF-8 of a code point; of half a surrogate pair too, for which the bytes are not valid UTF-8.</summary>
    private static void AppendCodePoint(int value, ByteBuffer target)
    {
        if (value < 0x80)
        {
            target.Append((byte)value);
            return;
        }
        if (value >= 0x10000)
        {
            target.Append((byte)(0xF0 | value >> 18));
            target.Append((byte)(0x80 | value >> 12 & 0x3F));
        }
        else if (value >= 0x800) target.Append((byte)(0xE0 | value >> 12));
        if (value >= 0x800) target.Append((byte)(0x80 | value >> 6 & 0x3F));
        else target.Append((byte)(0xC0 | value >> 6));
        target.Append((byte)(0x80 | value & 0x3F));
    }

    /// <summary>
    /// The lines of a heredoc without the white space that they all start with, joined by LF. That white space begins as the first line's, also
    /// when the first line is blank (its line break then counts, so that nothing is common), and is cut to what each later line has that is not blank.
    /// </summary>
    private static void AppendHeredoc(SpecDocument document, SyntaxToken token, ByteBuffer target)
    {
        List<TextSpan> lines = HeredocLines(document, token);
        ReadOnlySpan<byte> bytes = document.Text.Bytes;
        ReadOnlySpan<byte> common = default;
        for (int i = 0; i < lines.Count; i++)
        {
            ReadOnlySpan<byte> line = document.Text.Slice(lines[i]);
            int blanks = LeadingBlanks(line);
            if (i == 0) common = blanks == line.Length ? bytes.Slice(lines[0].Start, Math.Min(line.Length + 1, bytes.Length - lines[0].Start)) : line[..blanks];
            else if (blanks < line.Length) common = common[..common.CommonPrefixLength(line)];
        }
        for (int i = 0; i < lines.Count; i++)
        {
            if (i > 0) target.Append((byte)'\n');
            ReadOnlySpan<byte> line = document.Text.Slice(lines[i]);
            target.Append(line[Math.Min(common.Length, line.Length)..]);
        }
    }

    private static List<TextSpan> HeredocLines(SpecDocument document, SyntaxToken token)
    {
        SpecRegion region = document.Region!;
        ReadOnlySpan<byte> bytes = document.Text.Bytes;
        var lines = new List<TextSpan>();
        if (region.IsEmbedded)
        {
            for (int line = region.FindLine(token.Start) + 1; line < region.Lines.Length && region.Lines[line].ContentEnd < token.End; line++) lines.Add(region.Lines[line].Content);
            return lines;
        }
        int start = token.Start + bytes[token.Start..].IndexOf((byte)'\n') + 1;
        while (true)
        {
            int length = bytes[start..token.End].IndexOf((byte)'\n');
            if (length < 0) return lines;
            lines.Add(new(start, length));
            start += length + 1;
        }
    }

    private static int LeadingBlanks(ReadOnlySpan<byte> line)
    {
        int length = line.IndexOfAnyExcept(" \t\r\f\v"u8);
        return length < 0 ? line.Length : length;
    }

    /// <summary>An escape sequence.</summary>
    /// <param name="Length">How many bytes of the text it takes.</param>
    /// <param name="Value">The byte or code point that it stands for.</param>
    /// <param name="IsByte">Whether the value is one byte, not a code point.</param>
    /// <param name="IsValid">Whether it is an escape sequence at all.</param>
    internal readonly record struct Escape(int Length, int Value, bool IsByte, bool IsValid)
    {
        /// <summary>The escape that a text starts with; its first byte is a backslash.</summary>
        public static Escape Read(ReadOnlySpan<byte> text)
        {
            Debug.Assert(text[0] == '\\', "An escape starts with a backslash.");
            if (text.Length == 1) return new(1, 0, true, false);
            switch ((char)text[1])
            {
                case 'a': return Character('\a');
                case 'b': return Character('\b');
                case 'f': return Character('\f');
                case 'n': return Character('\n');
                case 'r': return Character('\r');
                case 't': return Character('\t');
                case 'v': return Character('\v');
                case '\\' or '?' or '\'' or '"': return Character((char)text[1]);
                case >= '0' and <= '7': return Octal(text);
                case 'x' or 'X': return Hexadecimal(text);
                case 'u': return Unicode(text, 4);
                case 'U': return Unicode(text, 8);
                default:
                    Rune.DecodeFromUtf8(text[1..], out _, out int length);
                    return new(1 + length, 0, true, false);
            }
        }

        private static Escape Character(char value) => new(2, value, true, true);

        private static Escape Octal(ReadOnlySpan<byte> text)
        {
            int value = 0;
            int length = 1;
            for (; length < 4 && length < text.Length && text[length] is >= (byte)'0' and <= (byte)'7'; length++) value = value * 8 + text[length] - '0';
            // Three digits can say more than a byte holds; protobuf keeps the low bits.
            return new(length, value & 0xFF, true, true);
        }

        private static Escape Hexadecimal(ReadOnlySpan<byte> text)
        {
            int digits = CountHexDigits(text[2..], 2);
            return digits == 0 ? new(2, 0, true, false) : new(2 + digits, ParseHex(text.Slice(2, digits)), true, true);
        }

        private static Escape Unicode(ReadOnlySpan<byte> text, int digits)
        {
            int found = CountHexDigits(text[2..], digits);
            if (found < digits) return new(2 + found, 0, false, false);
            int value = ParseHex(text.Slice(2, digits));
            int length = 2 + digits;
            if (value is < 0 or > 0x10FFFF) return new(length, 0, false, false);
            ReadOnlySpan<byte> rest = text[length..];
            if (value is >= 0xD800 and <= 0xDBFF && rest.StartsWith("\\u"u8) && CountHexDigits(rest[2..], 4) == 4)
            {
                int low = ParseHex(rest.Slice(2, 4));
                if (low is >= 0xDC00 and <= 0xDFFF) return new(length + 6, 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00), false, true);
            }
            return new(length, value, false, true);
        }

        private static int CountHexDigits(ReadOnlySpan<byte> text, int most)
        {
            int count = 0;
            while (count < most && count < text.Length && char.IsAsciiHexDigit((char)text[count])) count++;
            return count;
        }

        private static int ParseHex(ReadOnlySpan<byte> digits)
        {
            int value = 0;
            foreach (byte digit in digits) value = value << 4 | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
            return value;
        }
    }
}
