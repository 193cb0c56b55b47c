namespace VPythonTools.SpecLang.Syntax;

/// <summary>
/// Which bracket closes which in a text whose brackets do not match, with its layout as the hint of what was meant: how far lines are indented, which signs
/// share a line, which names come again. The parser follows it instead of guessing as it goes.
/// </summary>
internal sealed class BracketPairs
{
    /// <summary>For an opening bracket the token that ends its content, for a closing one the bracket that it closes; negative for all else.</summary>
    private readonly int[] _others;

    private BracketPairs(int[] others) => _others = others;

    /// <summary>Pairs the brackets of a tree. Takes time in proportion to their number.</summary>
    public static BracketPairs Of(SyntaxTree tree) => new(BracketMatcher.Match(tree));

    /// <summary>Whether a token opens or closes something; what looks like a bracket and does not is there by mistake.</summary>
    public bool IsBracket(int token) => _others[token] >= 0;

    /// <summary>The token that ends what an opening bracket opens: its closing bracket, or the first one that is no longer inside.</summary>
    public int EndOf(int opening) => _others[opening];

    /// <summary>Whether what an opening bracket opens ends in a bracket, be it of the right kind or not.</summary>
    public bool IsClosed(int opening) => IsBracket(opening) && _others[_others[opening]] == opening;
}
