using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>The fields of a message as binding needs them: found by the bytes of their names.</summary>
internal sealed class MessageSchema
{
    private static readonly ConditionalWeakTable<MessageDescriptor, MessageSchema> Known = [];

    private readonly FieldSchema[] _fields;
    private readonly (byte[] Name, FieldSchema Field)[] _names;
    private readonly Dictionary<string, FieldSchema>.AlternateLookup<ReadOnlySpan<char>>? _byName;

    private MessageSchema(MessageDescriptor descriptor)
    {
        Descriptor = descriptor;
        _fields = [.. descriptor.Fields.InDeclarationOrder().Select(static (field, index) => new FieldSchema(field, index))];
        Required = [.. _fields.Where(static field => field.Descriptor.IsRequired)];
        const int FewEnoughToCompare = 16;
        _names = [.. _fields.Select(static field => (field.Utf8Name, field)), .. _fields.Where(static field => field.TextName != field.Descriptor.Name).Select(static field => (Encoding.UTF8.GetBytes(field.Descriptor.Name), field))];
        if (_names.Length > FewEnoughToCompare) _byName = _names.ToDictionary(static name => Encoding.UTF8.GetString(name.Name), static name => name.Field).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public MessageDescriptor Descriptor { get; }

    public ReadOnlySpan<FieldSchema> Fields => _fields;

    /// <summary>The fields that a message must have.</summary>
    public FieldSchema[] Required { get; }

    /// <summary>The names that no field may have again.</summary>
    public IReadOnlyList<string> ReservedNames => field ??= [.. Descriptor.ToProto().ReservedName];

    /// <summary>The schema of a message type; the same one for the same descriptor.</summary>
    public static MessageSchema Of(MessageDescriptor descriptor) => Known.GetValue(descriptor, static descriptor => new(descriptor));

    /// <summary>The field of a number; null when there is none.</summary>
    public FieldSchema? FindByNumber(int number) => Array.Find(_fields, field => field.Number == number);

    /// <summary>The field of a name; null when there is none.</summary>
    public FieldSchema? Find(ReadOnlySpan<byte> name)
    {
        if (_byName is { } byName)
        {
            Span<char> characters = stackalloc char[128];
            if (name.Length > characters.Length) return null;
            int length = Encoding.Latin1.GetChars(name, characters);
            return byName.TryGetValue(characters[..length], out FieldSchema? found) ? found : null;
        }
        foreach ((byte[] known, FieldSchema field) in _names)
        {
            if (name.SequenceEqual(known)) return field;
        }
        return null;
    }
}
