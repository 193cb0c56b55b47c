using CsCheck;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Text;

public sealed class SourceTextTests
{
    private static readonly byte[] _telling = [(byte)'\n', (byte)'\r', (byte)'a', 0xC3, 0xA9, 0xF0, 0x9F, 0x90, 0x8D];

    private static readonly Gen<byte[]> _bytes = Gen.OneOf(Gen.Byte, Gen.Int[0, _telling.Length - 1].Select(index => _telling[index])).Array[0, 40];

    [Fact]
    public void A_position_does_not_depend_on_those_asked_for_before() =>
        Gen.Select(_bytes, Gen.Int[0, 40].Array[0, 30]).Sample((bytes, offsets) =>
        {
            var asked = SourceText.From(bytes);
            foreach (int offset in offsets.Select(offset => Math.Min(offset, bytes.Length)))
            {
                Assert.Equal(SourceText.From(bytes).GetCharacterPosition(offset), asked.GetCharacterPosition(offset));
                Assert.Equal(SourceText.From(bytes).GetUtf16Position(offset), asked.GetUtf16Position(offset));
            }
        });

    [Fact]
    public void Columns_count_characters_or_code_units()
    {
        var text = SourceText.From("x\n\U0001F40Dé!");
        Assert.Equal(new(1, 2), text.GetCharacterPosition(text.Length - 1));
        Assert.Equal(new(1, 3), text.GetUtf16Position(text.Length - 1));
        Assert.Equal(new(1, 6), text.GetLinePosition(text.Length - 1));
    }
}
