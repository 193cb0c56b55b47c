using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>A name and a value.</summary>
public sealed class FieldSyntax : SyntaxNode
{
    private readonly int _nameEnd;
    private readonly ValueSyntax? _value;

    internal FieldSyntax(SyntaxTree tree, int firstToken, int nameEnd, int tokenEnd, bool hasColon, bool hasSeparator, ValueSyntax? value)
        : base(tree, firstToken, tokenEnd)
    {
        _nameEnd = nameEnd;
        HasColon = hasColon;
        HasSeparator = hasSeparator;
        _value = value;
        if (value is not null) value.Parent = this;
    }

    /// <summary>The first token of the name: an identifier; the bracket before an extension's or a type's name; a number or string by mistake.</summary>
    public SyntaxToken NameToken => Tree.Tokens[FirstToken];

    /// <summary>Where the name is, the brackets of an extension's name included.</summary>
    public TextSpan NameSpan => TextSpan.FromBounds(NameToken.Start, Tree.Tokens[_nameEnd - 1].End);

    /// <summary>The tokens of the name.</summary>
    public ReadOnlySpan<SyntaxToken> NameTokens => Tree.Tokens[FirstToken.._nameEnd];

    /// <summary>The name as written.</summary>
    public string Name => Tree.Text.ToString(NameSpan);

    /// <summary>Whether the name is in brackets: that of an extension, or of the message in an <c>Any</c>.</summary>
    public bool IsBracketed => NameToken.Kind == SyntaxKind.OpenBracket;

    /// <summary>Whether a colon follows the name; before messages it may be left out.</summary>
    public bool HasColon { get; }

    /// <summary>Where the colon is; null when there is none.</summary>
    public TextSpan? ColonSpan => HasColon ? Tree.Tokens[_nameEnd].Span : null;

    /// <summary>Whether the last token is a comma or semicolon behind the value.</summary>
    public bool HasSeparator { get; }

    /// <summary>The value; null when it is missing.</summary>
    public ValueSyntax? Value => _value;

    /// <summary>The values one by one: the elements of a list, else the value itself.</summary>
    public ReadOnlySpan<ValueSyntax> Values => Value switch
    {
        null => default,
        ListSyntax list => list.Elements.AsSpan(),
        _ => new ReadOnlySpan<ValueSyntax>(in _value!),
    };

    /// <summary>The message that it is a field of.</summary>
    public MessageSyntax Message => (MessageSyntax)Parent!;
}
