namespace VPythonTools.SpecLang.Syntax;

/// <summary>A value that is no message: strings in a row, a number with or without sign, or a word.</summary>
public sealed class ScalarSyntax : ValueSyntax
{
    internal ScalarSyntax(SyntaxTree tree, int firstToken, int tokenEnd)
        : base(tree, firstToken, tokenEnd)
    {
    }

    /// <summary>Whether a minus sign stands before the number or word.</summary>
    public bool IsNegative => Tree.Tokens[FirstToken].Kind == SyntaxKind.Minus;

    /// <summary>The token that says which kind of value it is: the first string, the number, the word.</summary>
    public SyntaxToken ValueToken => Tree.Tokens[IsNegative ? TokenEnd - 1 : FirstToken];

    /// <summary>Whether it is one or more strings, which are joined.</summary>
    public bool IsString => ValueToken.IsString;
}
