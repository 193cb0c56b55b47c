using System.Text;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Binding;

/// <summary>What binding must know of a field, taken from its descriptor once.</summary>
internal sealed class FieldSchema
{
    public FieldSchema(FieldDescriptor descriptor, int index)
    {
        FieldFeatures features = FieldFeatures.Of(descriptor);
        Descriptor = descriptor;
        Index = index;
        // A group is named by its type in text, "Result" for the field "result", though protoc takes the field's name too.
        TextName = features.IsNamedByType ? descriptor.MessageType.Name : descriptor.Name;
        Utf8Name = Encoding.UTF8.GetBytes(TextName);
        Type = descriptor.FieldType;
        Number = descriptor.FieldNumber;
        IsRepeated = descriptor.IsRepeated;
        IsMap = descriptor.IsMap;
        IsMessage = Type is FieldType.Message or FieldType.Group;
        // The descriptor answers for the file's default, also for fields that cannot be packed.
        IsPacked = descriptor.IsPacked && IsRepeated && !IsMessage && Type is not (FieldType.String or FieldType.Bytes);
        HasPresence = descriptor.HasPresence;
        Oneof = descriptor.RealContainingOneof;
        if (Oneof is not null) OneofSlot = descriptor.ContainingType.Fields.InDeclarationOrder().Count + Oneof.Index;
        IsClosedEnum = features.IsClosedEnum;
        MustBeUtf8 = features.MustBeUtf8;
    }

    public FieldDescriptor Descriptor { get; }

    /// <summary>Its place among the fields of its message.</summary>
    public int Index { get; }

    public string TextName { get; }

    public byte[] Utf8Name { get; }

    public FieldType Type { get; }

    public int Number { get; }

    public bool IsRepeated { get; }

    public bool IsMap { get; }

    public bool IsPacked { get; }

    public bool IsMessage { get; }

    public bool HasPresence { get; }

    public OneofDescriptor? Oneof { get; }

    /// <summary>The place of its choice, behind the fields of its message.</summary>
    public int OneofSlot { get; }

    public bool IsClosedEnum { get; }

    public bool MustBeUtf8 { get; }

    /// <summary>The fields of its messages.</summary>
    public MessageSchema Message => field ??= MessageSchema.Of(Descriptor.MessageType);
}
