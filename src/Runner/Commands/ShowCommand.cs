using System.CommandLine;
using Google.Protobuf.Reflection;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>Prints the spec of a file, as the message that it means.</summary>
internal static class ShowCommand
{
    private const string StandardInput = "-";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("show", "print the spec of a file or script as text, JSON or bytes", Create);

    private static Command Create(Invocation invocation)
    {
        var format = new Option<string>("--format")
        {
            Description = "text: text format; json: the JSON form of protocol buffers; binary: wire bytes.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "binary");
        var stdinPath = new Option<string?>("--stdin-path")
        {
            Description = "The path that standard input stands for: decides whether it is a spec or a script, and is shown in messages.",
            HelpName = "NAME",
        };
        var file = new Argument<string>("FILE")
        {
            Description = "A spec, or a script with an embedded one; - reads standard input.",
            DefaultValueFactory = _ => StandardInput,
        };
        var schema = new SchemaChoice();
        var command = new Command(Verb.Name, "Prints the spec of a file, as the message that it means.") { format, stdinPath, file };
        schema.AddTo(command);
        command.SetAction(parsed => Verbs.Finish(
            Read(invocation, parsed.GetValue(file)!, parsed.GetValue(stdinPath)).Then(document =>
                schema.Choose(parsed, invocation.WorkingDirectory, document).Then(type => Show(document, type, parsed.GetValue(format)!)))));
        return command;
    }

    private static Result<SpecDocument> Read(Invocation invocation, string file, string? stdinPath)
    {
        if (file == StandardInput)
        {
            using Stream input = System.Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            var text = SourceText.From(bytes.ToArray(), stdinPath ?? "<stdin>");
            // Without a name it is a spec: a script has a name.
            return SpecDocument.Parse(text, stdinPath is null ? DocumentKind.Spec : SpecDocument.KindOf(text));
        }
        try
        {
            var text = SourceText.From(File.ReadAllBytes(Path.Combine(invocation.WorkingDirectory, file)), file);
            return SpecDocument.Parse(text, SpecDocument.KindOf(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3006", $"cannot be read: {exception.Message}") { Location = file };
        }
    }

    private static Result<int> Show(SpecDocument document, MessageDescriptor type, string format)
    {
        var tree = SyntaxTree.Parse(document);
        BoundTree bound = MessageBinder.Bind(tree, type);
        Diagnostic[] errors =
        [
            .. document.Diagnostics.Concat(tree.Diagnostics).Concat(bound.Diagnostics)
                .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .OrderBy(static diagnostic => diagnostic.Span),
        ];
        foreach (Diagnostic error in errors) StandardStreams.WriteErrorLine(error.ToString(document.Text));
        if (errors.Length > 0) return 1;
        if (document.Region is null)
        {
            return new Failure("VPY3007", "there is no spec in this script: no [VPYTHON:BEGIN] line with a spec below it")
            {
                Location = document.Text.Path,
                NextStep = "vpython3 which SCRIPT tells which spec applies to it",
            };
        }
        switch (format)
        {
            case "json":
                if (!MessageJsonWriter.TryWrite(bound, out string? json, out string? error))
                    return new Failure("VPY3043", $"has no JSON form: {error}") { Location = document.Text.Path, NextStep = "show it as text or binary" };
                StandardStreams.WriteOutput(json + "\n");
                break;
            case "binary":
                StandardStreams.WriteOutput(bound.WireBytes.Span);
                break;
            default:
                StandardStreams.WriteOutput(MessageTextWriter.Write(bound));
                break;
        }
        return 0;
    }
}
