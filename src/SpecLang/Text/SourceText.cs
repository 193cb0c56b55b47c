using System.Text;

namespace VPythonTools.SpecLang.Text;

/// <summary>
/// The bytes of a file or an editor buffer, unchanged, with its lines. Every offset and span is in bytes, so that no input, however broken
/// its encoding, loses a byte. Lines end at LF, CR LF or a lone CR, as the Language Server Protocol counts them. Immutable.
/// </summary>
public sealed class SourceText
{
    private static ReadOnlySpan<byte> Utf8ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Bytes that are counted again rather than remembered: a bookmark for each of many positions is one piece of memory each.</summary>
    private const int FewEnoughToCount = 256;

    private readonly ReadOnlyMemory<byte> _bytes;
    private int[]? _lineStarts;
    private Bookmark? _characterBookmark;
    private Bookmark? _utf16Bookmark;

    private SourceText(ReadOnlyMemory<byte> bytes, string path)
    {
        _bytes = bytes;
        Path = path;
    }

    /// <summary>The path to show in messages; empty when the text has none.</summary>
    public string Path { get; }

    /// <summary>All bytes, a byte order mark included.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>All bytes, for holders that outlive a stack frame.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>The number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The UTF-8 byte order mark at the start: three bytes, or empty where there is none.</summary>
    public TextSpan ByteOrderMark => new(0, Bytes.StartsWith(Utf8ByteOrderMark) ? Utf8ByteOrderMark.Length : 0);

    /// <summary>The number of lines; an empty text has one, and so does the part behind a final line break.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Bytes);

    /// <summary>A text over these bytes, which the caller no longer changes.</summary>
    public static SourceText From(ReadOnlyMemory<byte> bytes, string path = "") => new(bytes, path);

    /// <summary>A text of the UTF-8 form of <paramref name="text"/>.</summary>
    public static SourceText From(string text, string path = "") => new(Encoding.UTF8.GetBytes(text), path);

    /// <summary>The bytes of <paramref name="span"/>.</summary>
    public ReadOnlySpan<byte> Slice(TextSpan span) => Bytes.Slice(span.Start, span.Length);

    /// <summary>The text of <paramref name="span"/>; bytes that are not UTF-8 become U+FFFD.</summary>
    public string ToString(TextSpan span) => Encoding.UTF8.GetString(Slice(span));

    /// <summary>The whole text; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    /// <summary>The line that holds <paramref name="offset"/>, from zero. An offset in or behind a line break belongs to the line that it ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or beyond the end.</exception>
    public int GetLine(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        int found = Array.BinarySearch(LineStarts, offset);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The bytes of a line, without its line break.</summary>
    public TextSpan GetLineSpan(int line)
    {
        TextSpan whole = GetLineSpanIncludingBreak(line);
        int end = whole.End;
        if (end > whole.Start && Bytes[end - 1] == '\n') end--;
        if (end > whole.Start && Bytes[end - 1] == '\r') end--;
        return TextSpan.FromBounds(whole.Start, end);
    }

    /// <summary>The bytes of a line, with its line break.</summary>
    public TextSpan GetLineSpanIncludingBreak(int line) =>
        TextSpan.FromBounds(LineStarts[line], line + 1 < LineStarts.Length ? LineStarts[line + 1] : Length);

    /// <summary>Line and byte column of an offset.</summary>
    public LinePosition GetLinePosition(int offset)
    {
        int line = GetLine(offset);
        return new(line, offset - LineStarts[line]);
    }

    /// <summary>Line and column of an offset, the column in Unicode characters (a byte that is not UTF-8 counts as one): what messages show.</summary>
    public LinePosition GetCharacterPosition(int offset) => GetDecodedPosition(offset, ref _characterBookmark, static _ => 1);

    /// <summary>Line and column of an offset, the column in UTF-16 code units: what editors use.</summary>
    public LinePosition GetUtf16Position(int offset) => GetDecodedPosition(offset, ref _utf16Bookmark, static rune => rune.Utf16SequenceLength);

    /// <summary>The offset of a position whose column counts bytes; a column beyond the end of its line means the end of that line.</summary>
    public int GetOffset(LinePosition position)
    {
        if (position.Line >= LineCount) return Length;
        TextSpan line = GetLineSpan(position.Line);
        return Math.Min(line.Start + position.Column, line.End);
    }

    /// <summary>The offset of a position whose column counts UTF-16 code units; a column beyond the end of its line means the end of that line.</summary>
    public int GetOffsetFromUtf16(LinePosition position)
    {
        if (position.Line >= LineCount) return Length;
        TextSpan line = GetLineSpan(position.Line);
        int offset = line.Start;
        for (int units = 0; offset < line.End && units < position.Column;)
        {
            Rune.DecodeFromUtf8(Bytes[offset..line.End], out Rune rune, out int consumed);
            units += rune.Utf16SequenceLength;
            if (units > position.Column) break;
            offset += consumed;
        }
        return offset;
    }

    /// <summary>The text with the changes made; they may come in any order but must not overlap.</summary>
    /// <exception cref="ArgumentException">Two changes overlap, or one lies outside the text.</exception>
    public SourceText WithChanges(IEnumerable<TextChange> changes)
    {
        var result = new MemoryStream(Length + 256);
        int copied = 0;
        foreach (TextChange change in changes.OrderBy(change => change.Span))
        {
            if (change.Span.Start < copied || change.Span.End > Length)
                throw new ArgumentException($"The change at {change.Span} overlaps another one or lies outside the text.", nameof(changes));
            result.Write(Bytes[copied..change.Span.Start]);
            result.Write(Encoding.UTF8.GetBytes(change.NewText));
            copied = change.Span.End;
        }
        result.Write(Bytes[copied..]);
        return new(result.ToArray(), Path);
    }

    private LinePosition GetDecodedPosition(int offset, ref Bookmark? bookmark, Func<Rune, int> width)
    {
        int line = GetLine(offset);
        int start = LineStarts[line];
        int column = 0;
        if (bookmark is { } passed && passed.Offset >= start && passed.Offset <= offset) (start, column) = (passed.Offset, passed.Column);
        while (start < offset)
        {
            Rune.DecodeFromUtf8(Bytes[start..offset], out Rune rune, out int consumed);
            // An offset within a character is no place to go on from.
            if (start + consumed == offset && offset - (bookmark?.Offset ?? 0) is < 0 or > FewEnoughToCount) bookmark = new(start, column);
            column += width(rune);
            start += consumed;
        }
        return new(line, column);
    }

    private static int[] FindLineStarts(ReadOnlySpan<byte> bytes)
    {
        var starts = new List<int> { 0 };
        for (int offset = 0; offset < bytes.Length;)
        {
            int length = bytes[offset..].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0) break;
            offset += length;
            offset += bytes[offset] == '\r' && offset + 1 < bytes.Length && bytes[offset + 1] == '\n' ? 2 : 1;
            starts.Add(offset);
        }
        return [.. starts];
    }

    /// <summary>
    /// Where the last column was counted to. Findings are shown in order of position, and on one very long line each would count from its start again.
    /// A class, so that threads that share the text replace it whole.
    /// </summary>
    /// <param name="Offset">The beginning of a character.</param>
    /// <param name="Column">The column of that character.</param>
    private sealed record Bookmark(int Offset, int Column);
}
