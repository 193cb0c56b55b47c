using System.Text;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Fuzz;

/// <summary>Small damage to a text: a token lost, repeated, swapped or put in, or bytes changed.</summary>
public sealed class TextMutator(Random random)
{
    private static readonly string[] Insertions =
        ["<", ">", "{", "}", "[", "]", ":", ",", ";", "-", ".", "/", "\"", "'", "\\", "#", "\n", "0", "1.5", "x", "\"s\"", "\0", "\u0001", "\u00FF", "é", "\uFEFF", "=", "e", "f", "0x", "<<", "<<A\nA\n", "\r", "\v"];

    /// <summary>The text with one to three changes.</summary>
    public byte[] Mutate(byte[] text)
    {
        for (int i = random.Next(1, 4); i > 0; i--) text = MutateOnce(text);
        return text;
    }

    private byte[] MutateOnce(byte[] text)
    {
        if (random.Next(4) == 0 && text.Length > 0)
        {
            byte[] changed = [.. text];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            return changed;
        }
        var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(text), DocumentKind.Spec));
        ReadOnlySpan<SyntaxToken> tokens = tree.Tokens;
        SyntaxToken token = tokens[random.Next(tokens.Length)];
        SyntaxToken other = tokens[random.Next(tokens.Length)];
        return random.Next(5) switch
        {
            0 => Replace(text, token.Span, []),
            1 => Replace(text, new(token.Start, 0), [.. text.AsSpan(other.Start, other.Length), (byte)' ']),
            2 => Replace(text, token.Span, text.AsSpan(other.Start, other.Length)),
            _ => Replace(text, new(random.Next(3) == 0 ? random.Next(text.Length + 1) : token.Start, 0), Encoding.UTF8.GetBytes(Insertions[random.Next(Insertions.Length)])),
        };
    }

    private static byte[] Replace(byte[] text, TextSpan span, ReadOnlySpan<byte> by) => [.. text.AsSpan(0, span.Start), .. by, .. text.AsSpan(span.End)];
}
