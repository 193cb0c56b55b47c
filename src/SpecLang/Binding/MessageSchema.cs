using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>The fields of a message as binding needs them: found by the bytes of their names.</summary>
internal sealed class MessageSchema
{
    private static readonly ConditionalWeakTable<MessageDescriptor, MessageSchema> Known = [];

    private readonly FieldSchema[] _fields;
    private readonly Dictionary<int, FieldSchema> _byNumber;
    private readonly (byte[] Name, FieldSchema Field)[] _names;
    private readonly Dictionary<string, FieldSchema>.AlternateLookup<ReadOnlySpan<char>>? _byName;
    private readonly int _longestName;

    private MessageSchema(MessageDescriptor descriptor)
    {
        const int FewEnoughToCompare = 16;
        Descriptor = descriptor;
        _fields = [.. descriptor.Fields.InDeclarationOrder().Select(static (field, index) => new FieldSchema(field, index))];
        _byNumber = _fields.ToDictionary(static field => field.Number);
        Required = [.. _fields.Where(static field => field.Descriptor.IsRequired)];
        TextNames = [.. _fields.Select(static field => field.TextName)];
        _names = [.. _fields.Select(static field => (field.Utf8Name, field)), .. _fields.Where(static field => field.TextName != field.Descriptor.Name).Select(static field => (Encoding.UTF8.GetBytes(field.Descriptor.Name), field))];
        if (_names.Length <= FewEnoughToCompare) return;
        _longestName = _names.Max(static name => name.Name.Length);
        var byName = new Dictionary<string, FieldSchema>();
        foreach ((byte[] name, FieldSchema field) in _names) byName.TryAdd(Encoding.Latin1.GetString(name), field);
        _byName = byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public MessageDescriptor Descriptor { get; }

    public ReadOnlySpan<FieldSchema> Fields => _fields;

    /// <summary>What the fields are called in text.</summary>
    public string[] TextNames { get; }

    /// <summary>The fields that a message must have.</summary>
    public FieldSchema[] Required { get; }

    /// <summary>How many fields and choices there are.</summary>
    public int SlotCount => _fields.Length + Descriptor.Oneofs.Count;

    /// <summary>The names that no field may have again.</summary>
    public IReadOnlyList<string> ReservedNames => field ??= [.. Descriptor.ToProto().ReservedName];

    /// <summary>The schema of a message type; the same one for the same descriptor.</summary>
    public static MessageSchema Of(MessageDescriptor descriptor) => Known.GetValue(descriptor, static descriptor => new(descriptor));

    /// <summary>The field of a number; null when there is none.</summary>
    public FieldSchema? FindByNumber(int number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The field of a name; null when there is none.</summary>
    public FieldSchema? Find(ReadOnlySpan<byte> name)
    {
        if (_byName is { } byName)
        {
            const int LongestOnStack = 256;
            if (name.Length > _longestName) return null;
            Span<char> characters = name.Length <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[name.Length];
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
