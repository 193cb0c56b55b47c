using System.Buffers;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>
/// The name in brackets of an extension or of the message in an <c>Any</c>: words joined by dots; before the last slash anything that an address can be made
/// of. White space and comments between its tokens do not count, and a token need not be one that could stand elsewhere: <c>[1.2.3%20/a.b]</c> is a name.
/// </summary>
internal static class BracketedName
{
    private static readonly SearchValues<byte> AddressSigns = SearchValues.Create("~!$&()*+=%"u8);

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>Whether a token can be a part of such a name.</summary>
    public static bool IsPart(SyntaxToken token, ReadOnlySpan<byte> text) => token.Kind switch
    {
        SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral or SyntaxKind.Dot or SyntaxKind.Slash or SyntaxKind.Minus or SyntaxKind.Comma or SyntaxKind.Semicolon => true,
        SyntaxKind.Unknown => !text.ContainsAnyExcept(AddressSigns),
        _ => false,
    };

    /// <summary>Whether the text of such tokens, joined, is a name.</summary>
    public static bool IsValid(ReadOnlySpan<byte> name)
    {
        int slash = name.LastIndexOf((byte)'/');
        return slash != 0 && IsTypeName(name[(slash + 1)..]) && HasValidEscapes(name[..Math.Max(slash, 0)]);
    }

    private static bool IsTypeName(ReadOnlySpan<byte> name)
    {
        foreach (Range part in name.Split((byte)'.'))
        {
            ReadOnlySpan<byte> word = name[part];
            if (word.IsEmpty || char.IsAsciiDigit((char)word[0])) return false;
            foreach (byte letter in word)
            {
                if (!char.IsAsciiLetterOrDigit((char)letter) && letter != '_') return false;
            }
        }
        return true;
    }

    private static bool HasValidEscapes(ReadOnlySpan<byte> address)
    {
        while (address.IndexOf((byte)'%') is >= 0 and int escape)
        {
            address = address[(escape + 1)..];
            if (address.Length < 2 || address[..2].ContainsAnyExcept(HexDigits)) return false;
        }
        return true;
    }
}
