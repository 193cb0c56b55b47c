namespace VPythonTools.SpecLang.Syntax;

/// <summary>What a field is set to.</summary>
public abstract class ValueSyntax : SyntaxNode
{
    private protected ValueSyntax(SyntaxTree tree, int firstToken, int tokenEnd)
        : base(tree, firstToken, tokenEnd)
    {
    }
}
