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
            error = null;
            return new([.. FileDescriptor.BuildFromByteStrings(set.File.Select(static file => file.ToByteString()))]);
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or DescriptorValidationException or ArgumentException)
        {
            error = exception.Message;
            return null;
        }
    }

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
