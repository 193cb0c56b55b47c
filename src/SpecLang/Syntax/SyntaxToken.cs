using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>A piece of text that the lexer sees as one: a token, or trivia.</summary>
/// <param name="Start">The offset of its first byte in the file.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="HasEscape">Whether it is a string with a backslash.</param>
public readonly record struct SyntaxToken(int Start, int Length, SyntaxKind Kind, TokenFault Fault = TokenFault.None, bool HasEscape = false)
{
    /// <summary>The offset just behind its last byte.</summary>
    public int End => Start + Length;

    /// <summary>Where it is.</summary>
    public TextSpan Span => new(Start, Length);

    /// <summary>Whether it is text without meaning: white space, comments, what a script has around its spec.</summary>
    public bool IsTrivia => Kind <= SyntaxKind.ConflictMarker;

    /// <summary>Whether it is a value of a string: quoted, or a heredoc.</summary>
    public bool IsString => Kind is SyntaxKind.StringLiteral or SyntaxKind.Heredoc;
}
