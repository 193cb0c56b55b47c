using System.CommandLine;
using Google.Protobuf.Reflection;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.Runner.Commands;

/// <summary>Which message type a file is read as: that of specs, or one of a compiled schema that the user or the file's header names.</summary>
internal sealed class SchemaChoice
{
    private const int LargestDescriptorSet = 256 << 20;

    private readonly Option<string?> _descriptorSet = new("--descriptor-set")
    {
        Description = "A compiled schema (protoc --include_imports --descriptor_set_out=FILE), for text format that is no spec.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _message = new("--message")
    {
        Description = "The message type, such as vpython.Spec; without it the file's header '# proto-message: NAME' says which.",
        HelpName = "NAME",
    };

    /// <summary>Adds its options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_descriptorSet);
        command.Options.Add(_message);
    }

    /// <summary>The message type of a document.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="directory">The directory that paths are relative to.</param>
    /// <param name="document">The document.</param>
    public Result<MessageDescriptor> Choose(ParseResult parsed, string directory, SpecDocument document)
    {
        string? path = parsed.GetValue(_descriptorSet);
        if (!LoadSchemas(path, directory).TryGet(out SchemaSet? schemas, out Failure? failure)) return failure;
        var header = SchemaHeader.Read(document.Text);
        string? name = parsed.GetValue(_message) ?? (path is not null || document.Kind == DocumentKind.TextFormat ? header.Message : null);
        if (name is null)
        {
            if (path is null && document.Kind != DocumentKind.TextFormat) return Spec.Descriptor;
            return new Failure("VPY3040", "nothing says which message this file holds")
            {
                Location = document.Text.Path,
                NextStep = "name its type with --message, or in a first line '# proto-message: NAME'",
            };
        }
        if (schemas.Resolve(name, header.File) is { } message) return message;
        return new Failure("VPY3041", path is null ? $"there is no schema for the message type '{name}'" : $"'{path}' has no message type '{name}', or several")
        {
            Location = document.Text.Path,
            NextStep = path is null
                ? "compile its schema, protoc --include_imports --descriptor_set_out=FILE NAME.proto, and name it with --descriptor-set FILE"
                : NearestStep(name, schemas),
        };
    }

    private static string NearestStep(string name, SchemaSet schemas) =>
        SpecLang.Binding.NameSuggestion.Nearest(name, schemas.MessageNames) is { } nearest ? $"write its full name; did you mean '{nearest}'?" : "write its full name, with its package";

    private static Result<SchemaSet> LoadSchemas(string? path, string directory)
    {
        if (path is null) return SchemaSet.VPython;
        string? error;
        try
        {
            var file = new FileInfo(Path.Combine(directory, path));
            if (file.Length > LargestDescriptorSet) error = $"it is larger than {LargestDescriptorSet >> 20} MiB";
            else if (SchemaSet.TryLoad(File.ReadAllBytes(file.FullName), out error) is { } schemas) return schemas;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = exception.Message;
        }
        return new Failure("VPY3042", $"cannot be read as a compiled schema: {error}")
        {
            Location = path,
            NextStep = "make it with protoc --include_imports --descriptor_set_out=FILE NAME.proto",
        };
    }
}
