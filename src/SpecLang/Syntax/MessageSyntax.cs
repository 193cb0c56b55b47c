using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>Fields in braces or angle brackets, or all fields of the spec.</summary>
public sealed class MessageSyntax : ValueSyntax
{
    internal MessageSyntax(SyntaxTree tree, int firstToken, int tokenEnd, ImmutableArray<FieldSyntax> fields, bool isClosed)
        : base(tree, firstToken, tokenEnd)
    {
        Fields = fields;
        IsClosed = isClosed;
        foreach (FieldSyntax field in fields) field.Parent = this;
    }

    /// <summary>The fields, in the order of the text.</summary>
    public ImmutableArray<FieldSyntax> Fields { get; }

    /// <summary>Whether it is the whole spec, which has no brackets.</summary>
    public bool IsRoot => Parent is null;

    /// <summary>Whether its last token is a closing bracket; always false for the whole spec.</summary>
    public bool IsClosed { get; }
}
