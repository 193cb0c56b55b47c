using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What the tokens of a spec are by their place: names of fields, of types, strings with a meaning.</summary>
internal sealed class TokenRoles
{
    private readonly SyntaxTree _tree;
    private readonly SemanticTokenModifiers?[] _fieldNames;
    private readonly bool[] _typeNames;
    private readonly TextRole[] _texts;

    private TokenRoles(SyntaxTree tree)
    {
        _tree = tree;
        _fieldNames = new SemanticTokenModifiers?[tree.Tokens.Length];
        _typeNames = new bool[tree.Tokens.Length];
        _texts = new TextRole[tree.Tokens.Length];
    }

    /// <summary>Reads the roles from a spec's fields; those of another schema are not known.</summary>
    public static TokenRoles Of(SpecAnalysis spec)
    {
        var roles = new TokenRoles(spec.Tree);
        bool isSpec = spec.Document.Kind != DocumentKind.TextFormat;
        roles.Read(spec.Tree.Root, isSpec ? MessageSchema.Of(spec.Bound.Bound.Descriptor) : null, isKnown: isSpec);
        return roles;
    }

    /// <summary>What a token is by its place; null when its text says it.</summary>
    public (SemanticTokenKind Kind, SemanticTokenModifiers Modifiers)? Find(int token) =>
        _fieldNames[token] is { } modifiers ? (SemanticTokenKind.Field, modifiers)
        : _typeNames[token] ? (SemanticTokenKind.Type, SemanticTokenModifiers.None)
        : null;

    /// <summary>What the value of a string is.</summary>
    public TextRole TextOf(int token) => _texts[token];

    private void Read(MessageSyntax message, MessageSchema? schema, bool isKnown)
    {
        foreach (FieldSyntax field in message.Fields)
        {
            FieldSchema? known = field.IsBracketed ? null : schema?.Find(_tree.Text.Slice(field.NameSpan));
            int nameEnd = field.FirstToken + field.NameTokens.Length;
            for (int token = field.FirstToken; token < nameEnd; token++)
            {
                if (field.IsBracketed) _typeNames[token] = true;
                else _fieldNames[token] = known is null && isKnown ? ModifiersOfUnknown(field, schema) : SemanticTokenModifiers.None;
            }
            TextRole role = RoleOf(known?.Descriptor);
            foreach (ValueSyntax value in field.Values)
            {
                if (value is MessageSyntax inner) Read(inner, known is { IsMessage: true } ? known.Message : null, known is { IsMessage: true });
                else if (role != TextRole.Plain) _texts.AsSpan(value.FirstToken, value.TokenEnd - value.FirstToken).Fill(role);
            }
        }
    }

    private static SemanticTokenModifiers ModifiersOfUnknown(FieldSyntax field, MessageSchema? schema) =>
        schema?.ReservedNames.Contains(field.Name) == true ? SemanticTokenModifiers.Deprecated : SemanticTokenModifiers.Unknown;

    private static TextRole RoleOf(FieldDescriptor? field) =>
        field?.ContainingType != Spec.Types.Package.Descriptor ? TextRole.Plain
        : field.Name == "name" ? TextRole.PackageName
        : field.Name == "version" ? TextRole.PackageVersion
        : TextRole.Plain;
}
