using System.Collections.Immutable;
using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.SpecLang.Binding;

/// <summary>A message in the text together with its type: the way from every value back to its syntax. Values that were refused are not among its values.</summary>
public sealed class BoundMessage
{
    private readonly IReadOnlySet<SyntaxNode> _refused;

    internal BoundMessage(MessageSyntax syntax, MessageDescriptor descriptor, IReadOnlySet<SyntaxNode> refused)
    {
        Syntax = syntax;
        Descriptor = descriptor;
        _refused = refused;
    }

    /// <summary>The message in the text.</summary>
    public MessageSyntax Syntax { get; }

    /// <summary>Its type.</summary>
    public MessageDescriptor Descriptor { get; }

    /// <summary>Its values in the order of the text, elements of lists one by one.</summary>
    public ImmutableArray<BoundValue> Values => field.IsDefault ? field = FindValues() : field;

    /// <summary>The value of a field that is set once; null when it is not set.</summary>
    public BoundValue? Find(string field)
    {
        foreach (BoundValue value in Values)
        {
            if (value.Field.Name == field) return value;
        }
        return null;
    }

    /// <summary>The values of a field in the order of the text.</summary>
    public IEnumerable<BoundValue> FindAll(string field) => Values.Where(value => value.Field.Name == field);

    private ImmutableArray<BoundValue> FindValues()
    {
        var schema = MessageSchema.Of(Descriptor);
        var values = ImmutableArray.CreateBuilder<BoundValue>(Syntax.Fields.Length);
        var counts = new int[schema.Fields.Length];
        foreach (FieldSyntax fieldSyntax in Syntax.Fields)
        {
            if (fieldSyntax.IsBracketed || _refused.Contains(fieldSyntax)) continue;
            if (schema.Find(Syntax.Tree.Text.Slice(fieldSyntax.NameSpan)) is not { } field) continue;
            foreach (ValueSyntax value in fieldSyntax.Values)
            {
                if (_refused.Contains(value)) continue;
                BoundMessage? message = value is MessageSyntax syntax ? new(syntax, field.Descriptor.MessageType, _refused) : null;
                values.Add(new(field.Descriptor, counts[field.Index]++, fieldSyntax, value, message));
            }
        }
        return values.DrainToImmutable();
    }
}
