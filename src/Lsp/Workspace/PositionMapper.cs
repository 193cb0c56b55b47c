using VPythonTools.SpecLang.Text;
using Position = VPythonTools.Lsp.Protocol.Position;
using Range = VPythonTools.Lsp.Protocol.Range;

namespace VPythonTools.Lsp.Workspace;

/// <summary>
/// Between the protocol's positions and offsets of a text. A position that no text has means the nearest that it has: beyond the end of a line its end, beyond the last line
/// the end of the text, within a character its beginning.
/// </summary>
/// <param name="Text">The text.</param>
/// <param name="CountsBytes">Whether columns count bytes of UTF-8; else they count UTF-16 code units.</param>
internal readonly record struct PositionMapper(SourceText Text, bool CountsBytes)
{
    /// <summary>The offset of a position.</summary>
    public int ToOffset(Position position)
    {
        if (position.Line < 0) return 0;
        if (position.Line >= Text.LineCount) return Text.Length;
        TextSpan line = Text.GetLineSpan(position.Line);
        // No unit is less than a byte, and three bytes are one UTF-16 unit at most.
        int column = Math.Clamp(position.Character, 0, line.Length);
        if (!CountsBytes) return Text.GetOffsetFromUtf16(new(position.Line, column));
        int offset = line.Start + column;
        while (offset > line.Start && offset < line.End && (Text.Bytes[offset] & 0xC0) == 0x80) offset--;
        return offset;
    }

    /// <summary>The span of a range; one whose end is before its start means the same the other way round.</summary>
    public TextSpan ToSpan(Range range)
    {
        int start = ToOffset(range.Start);
        int end = ToOffset(range.End);
        return TextSpan.FromBounds(Math.Min(start, end), Math.Max(start, end));
    }

    /// <summary>The position of an offset. In a line break, which has no positions, that of the end of its line.</summary>
    public Position ToPosition(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        int end = Text.GetLineSpan(Text.GetLine(offset)).End;
        LinePosition position = CountsBytes ? Text.GetLinePosition(Math.Min(offset, end)) : Text.GetUtf16Position(Math.Min(offset, end));
        return new(position.Line, position.Column);
    }

    /// <summary>The range of a span.</summary>
    public Range ToRange(TextSpan span)
    {
        // The end first would count from the start of a long line twice.
        Position start = ToPosition(span.Start);
        return new(start, ToPosition(span.End));
    }

    /// <summary>The edit that makes a change.</summary>
    public Protocol.TextEdit ToEdit(TextChange change) => new(ToRange(change.Span), change.NewText);

    /// <summary>The edits that make changes.</summary>
    public IReadOnlyList<Protocol.TextEdit> ToEdits(IEnumerable<TextChange> changes)
    {
        PositionMapper mapper = this;
        return [.. changes.OrderBy(static change => change.Span).Select(change => mapper.ToEdit(change))];
    }
}
