using System.Text.Unicode;

namespace VPythonTools.SpecLang.Text;

/// <summary>A replacement of the bytes of a span by new text.</summary>
/// <param name="Span">What is replaced; empty for an insertion.</param>
/// <param name="NewText">What takes its place; empty for a deletion.</param>
public readonly record struct TextChange(TextSpan Span, string NewText)
{
    /// <summary>The one change that makes a text into another: from the first character that differs to the last.</summary>
    /// <returns>Null when the new part holds bytes that are not UTF-8, which a change cannot hold.</returns>
    public static TextChange? Between(SourceText before, SourceText after)
    {
        int start = before.Bytes.CommonPrefixLength(after.Bytes);
        while (start > 0 && (IsInsideCharacter(before, start) || IsInsideCharacter(after, start))) start--;
        int end = 0;
        int most = Math.Min(before.Length, after.Length) - start;
        while (end < most && before.Bytes[^(end + 1)] == after.Bytes[^(end + 1)]) end++;
        while (end > 0 && IsInsideCharacter(before, before.Length - end)) end--;
        var replacement = TextSpan.FromBounds(start, after.Length - end);
        if (!Utf8.IsValid(after.Slice(replacement))) return null;
        return new(TextSpan.FromBounds(start, before.Length - end), after.ToString(replacement));
    }

    private static bool IsInsideCharacter(SourceText text, int offset) => offset < text.Length && (text.Bytes[offset] & 0xC0) == 0x80;
}
