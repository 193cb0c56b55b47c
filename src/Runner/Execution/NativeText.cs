using System.Text;

namespace VPythonTools.Runner.Execution;

/// <summary>
/// Text as POSIX programs exchange it: any bytes but NUL. Bytes that are not UTF-8 become the lone surrogates U+DC80 to U+DCFF and come back
/// as the same bytes, as in PEP 383, so that an argument or a variable in another encoding reaches Python unharmed.
/// </summary>
public static class NativeText
{
    private const char FirstEscape = '\uDC80';
    private const char LastEscape = '\uDCFF';

    /// <summary>The text of these bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes)) return Encoding.ASCII.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (byte unit in bytes[..consumed]) text.Append((char)(FirstEscape - 0x80 + unit));
            }
            bytes = bytes[consumed..];
        }
        return text.ToString();
    }

    /// <summary>The bytes that <see cref="Decode"/> made this text of.</summary>
    public static byte[] Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape)) return Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(text.Length * 2);
        Span<byte> unit = stackalloc byte[4];
        for (int index = 0; index < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, index, out Rune rune))
            {
                bytes.AddRange(unit[..rune.EncodeToUtf8(unit)]);
                index += rune.Utf16SequenceLength;
            }
            else
            {
                bytes.Add((byte)(text[index] - FirstEscape + 0x80));
                index++;
            }
        }
        return [.. bytes];
    }

    /// <summary>Whether the text holds bytes that are not UTF-8, which .NET cannot use in a path.</summary>
    public static bool HasEscapes(string text) => text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape);
}
