using Google.Protobuf.Reflection;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Features.Completion;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What the schema says of a field.</summary>
internal static class FieldMarkdown
{
    /// <summary>Of a field by its full name; null where this program's schema has none of that name.</summary>
    public static string? Of(string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        FieldDescriptor? field = dot < 0 ? null : SchemaSet.VPython.FindMessage(fullName[..dot])?.FindFieldByName(fullName[(dot + 1)..]);
        return field is null ? null : Of(field);
    }

    /// <summary>Of a field: its declaration, its comment, and that of its type.</summary>
    public static string Of(FieldDescriptor field)
    {
        FieldSchema schema = MessageSchema.Of(field.ContainingType).FindByNumber(field.FieldNumber)!;
        string text = $"```proto\n{FieldCompletion.TypeOf(schema)} {field.Name} = {field.FieldNumber}\n```";
        if (SchemaComments.Of(field) is { Length: > 0 } comment) text += $"\n\n{Escaped(comment)}";
        if (schema.IsMessage && SchemaComments.Of(field.MessageType) is { Length: > 0 } type) text += $"\n\n`{field.MessageType.Name}`: {Escaped(type)}";
        return text;
    }

    private static string Escaped(string text) => text.Replace("<", "\\<", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
