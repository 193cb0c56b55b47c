using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace VPythonTools.SpecLang.Schema;

/// <summary>
/// The message types of a compiled set of <c>.proto</c> files, as <c>protoc --include_imports --descriptor_set_out</c> writes it. With it, any
/// text-format file can be read, not only specs.
/// </summary>
public sealed class SchemaSet
{
    private readonly Dictionary<string, MessageDescriptor> _messages = [];

    private SchemaSet(ImmutableArray<FileDescriptor> files)
    {
        Files = files;
        foreach (MessageDescriptor message in files.SelectMany(static file => file.MessageTypes)) Add(message);
    }

    /// <summary>The types of vpython's own schema.</summary>
    public static SchemaSet VPython { get; } = new([Pep425Reflection.Descriptor, SpecReflection.Descriptor]);

    /// <summary>The files, each behind those that it imports.</summary>
    public ImmutableArray<FileDescriptor> Files { get; }

    /// <summary>Reads a compiled set.</summary>
    /// <param name="descriptorSet">A <c>google.protobuf.FileDescriptorSet</c> in binary form, imports included.</param>
    /// <param name="error">Why it cannot be read; null when it can.</param>
    /// <returns>The types; null when it is no compiled set.</returns>
    public static SchemaSet? TryLoad(ReadOnlySpan<byte> descriptorSet, out string? error)
    {
        try
        {
            var set = FileDescriptorSet.Parser.ParseFrom(descriptorSet);
            var schemas = new SchemaSet([.. FileDescriptor.BuildFromByteStrings(set.File.Select(static file => file.ToByteString()))]);
            foreach (MessageDescriptor message in schemas._messages.Values) CheckFields(message);
            error = null;
            return schemas;
        }
        // The library takes for granted that protoc wrote the set, and fails in all these ways when it is damaged.
        catch (Exception exception) when (exception is InvalidProtocolBufferException or DescriptorValidationException or ArgumentException or InvalidOperationException or NullReferenceException
            or NotSupportedException or FormatException or OverflowException or KeyNotFoundException or IndexOutOfRangeException or InvalidCastException)
        {
            error = exception.Message;
            return null;
        }
    }

    /// <summary>Asks each field for what binding needs, since only then is it seen whether the set has it.</summary>
    private static void CheckFields(MessageDescriptor message)
    {
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            bool hasType = field.FieldType switch
            {
                FieldType.Message or FieldType.Group => field.MessageType is { } type && (!type.IsMapEntry || field.IsRepeated && IsMapEntry(type)),
                FieldType.Enum => field.EnumType is { Values.Count: > 0 },
                _ => true,
            };
            bool isInChoice = field.RealContainingOneof is null || message.Oneofs.Contains(field.RealContainingOneof);
            if (!hasType || !isInChoice || field.ContainingType != message || field.IsRepeated && field.IsRequired)
                throw new InvalidOperationException($"The field {field.FullName} is not as protoc writes it.");
            _ = field.HasPresence || field.IsPacked;
        }
        if (message.IsMapEntry && !IsMapEntry(message)) throw new InvalidOperationException($"The map entry {message.FullName} is not as protoc writes it.");
    }

    /// <summary>Whether a map entry has its key and its value, and a key of a kind that can be one.</summary>
    private static bool IsMapEntry(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder() is [{ FieldNumber: 1, IsRepeated: false } key, { FieldNumber: 2, IsRepeated: false }]
        && key.FieldType is not (FieldType.Message or FieldType.Group or FieldType.Enum or FieldType.Float or FieldType.Double or FieldType.Bytes);

    /// <summary>The message type of a full name, such as <c>vpython.Spec</c>; null when there is none.</summary>
    public MessageDescriptor? FindMessage(string fullName) => _messages.GetValueOrDefault(fullName);

    /// <summary>
    /// The message type that a name means: a full name; one relative to the package of the <c>.proto</c> file that goes with it; the end of one full name
    /// alone. Null when there is none, or more than one.
    /// </summary>
    /// <param name="name">The name as written.</param>
    /// <param name="file">The path of the <c>.proto</c> file, or its end; null when it is not known.</param>
    public MessageDescriptor? Resolve(string name, string? file)
    {
        if (FindMessage(name) is { } exact) return exact;
        if (file is not null && Files.FirstOrDefault(known => file == known.Name || file.EndsWith("/" + known.Name, StringComparison.Ordinal)) is { } schema
            && FindMessage($"{schema.Package}.{name}") is { } relative)
        {
            return relative;
        }
        MessageDescriptor[] ending = [.. _messages.Values.Where(message => message.FullName.EndsWith("." + name, StringComparison.Ordinal)).Take(2)];
        return ending is [var only] ? only : null;
    }

    /// <summary>The full names of all message types, in order.</summary>
    public IEnumerable<string> MessageNames => _messages.Keys.Order(StringComparer.Ordinal);

    private void Add(MessageDescriptor message)
    {
        _messages[message.FullName] = message;
        foreach (MessageDescriptor nested in message.NestedTypes) Add(nested);
    }
}
