using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.Lsp.Tests.Workspace;

public sealed class PositionMapperTests
{
    private const string Text = "\uFEFFa\U0001F600b\r\nä\rx\n";

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 3)] // behind the byte order mark
    [InlineData(0, 2, 4)]
    [InlineData(0, 3, 4)] // between the halves of a pair
    [InlineData(0, 4, 8)]
    [InlineData(0, 5, 9)]
    [InlineData(0, 99, 9)] // beyond the end of the line
    [InlineData(0, int.MaxValue, 9)]
    [InlineData(1, 1, 13)]
    [InlineData(2, 0, 14)] // behind a lone CR
    [InlineData(3, 0, 16)]
    [InlineData(99, 5, 16)] // beyond the last line
    [InlineData(int.MaxValue, int.MaxValue, 16)]
    [InlineData(-1, 5, 0)]
    [InlineData(1, -5, 11)]
    public void Utf_16_columns_lead_to_offsets(int line, int character, int offset) =>
        Assert.Equal(offset, new PositionMapper(SourceText.From(Text), CountsBytes: false).ToOffset(new(line, character)));

    [Theory]
    [InlineData(0, 3, 3)]
    [InlineData(0, 1, 0)] // within the byte order mark
    [InlineData(0, 6, 4)] // within a character
    [InlineData(0, 8, 8)]
    [InlineData(0, int.MaxValue, 9)]
    [InlineData(1, 1, 11)]
    [InlineData(1, 2, 13)]
    public void Utf_8_columns_lead_to_offsets(int line, int character, int offset) =>
        Assert.Equal(offset, new PositionMapper(SourceText.From(Text), CountsBytes: true).ToOffset(new(line, character)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_boundary_of_a_character_comes_back(bool countsBytes)
    {
        var text = SourceText.From(Text);
        var mapper = new PositionMapper(text, countsBytes);
        for (int offset = 0; offset <= text.Length; offset++)
        {
            bool isInside = offset < text.Length && (text.Bytes[offset] & 0xC0) == 0x80;
            bool isInBreak = offset > 0 && offset < text.Length && text.Bytes[offset] == '\n' && text.Bytes[offset - 1] == '\r';
            if (!isInside && !isInBreak) Assert.Equal(offset, mapper.ToOffset(mapper.ToPosition(offset)));
        }
    }

    [Fact]
    public void A_range_that_ends_before_it_starts_is_turned_round() =>
        Assert.Equal(new TextSpan(1, 2), new PositionMapper(SourceText.From("abcd"), CountsBytes: true).ToSpan(new(new(0, 3), new(0, 1))));

    [Fact]
    public void A_place_in_a_line_break_is_the_end_of_its_line() =>
        Assert.Equal(new Position(0, 1), new PositionMapper(SourceText.From("a\r\nb"), CountsBytes: true).ToPosition(2));
}
