using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>A part of a spec: a message, a field, a value. Immutable; knows the text format, not the schema.</summary>
public abstract class SyntaxNode
{
    private protected SyntaxNode(SyntaxTree tree, int firstToken, int tokenEnd)
    {
        Tree = tree;
        FirstToken = firstToken;
        TokenEnd = tokenEnd;
    }

    /// <summary>The tree that it belongs to.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>The node around it; null for the message that is the whole spec.</summary>
    public SyntaxNode? Parent { get; internal set; }

    /// <summary>The index, in <see cref="SyntaxTree.Tokens"/>, of its first token.</summary>
    public int FirstToken { get; }

    /// <summary>The index just behind its last token.</summary>
    public int TokenEnd { get; }

    /// <summary>Its tokens, those skipped as mistakes included.</summary>
    public ReadOnlySpan<SyntaxToken> Tokens => Tree.Tokens[FirstToken..TokenEnd];

    /// <summary>From its first token to its last; empty, at the place where it would be, when it has none.</summary>
    public virtual TextSpan Span => FirstToken < TokenEnd
        ? TextSpan.FromBounds(Tree.Tokens[FirstToken].Start, Tree.Tokens[TokenEnd - 1].End)
        : new(Tree.Tokens[FirstToken].Start, 0);
}
