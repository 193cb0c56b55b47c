using System.Text;

namespace VPythonTools.SpecLang.Packages;

/// <summary>Characters as messages show them.</summary>
internal static class CharacterText
{
    /// <summary>The first character of <paramref name="text"/>, in quotes when it can be seen, as <c>U+XXXX</c> when it cannot.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out _);
        return rune.Value == ' ' ? "a space" : Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"U+{rune.Value:X4}" : $"'{rune}'";
    }
}
