using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>Values in square brackets.</summary>
public sealed class ListSyntax : ValueSyntax
{
    internal ListSyntax(SyntaxTree tree, int firstToken, int tokenEnd, ImmutableArray<ValueSyntax> elements, bool isClosed)
        : base(tree, firstToken, tokenEnd)
    {
        Elements = elements;
        IsClosed = isClosed;
        foreach (ValueSyntax element in elements) element.Parent = this;
    }

    /// <summary>The values: messages and scalars.</summary>
    public ImmutableArray<ValueSyntax> Elements { get; }

    /// <summary>Whether its last token is the closing bracket.</summary>
    public bool IsClosed { get; }
}
