using System.CommandLine;
using Google.Protobuf;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Schema;
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
        var command = new Command(Verb.Name, "Prints the spec of a file, as the message that it means.") { format, stdinPath, file };
        command.SetAction(parsed => Verbs.Finish(
            Read(invocation, parsed.GetValue(file)!, parsed.GetValue(stdinPath)).Then(document => Show(document, parsed.GetValue(format)!))));
        return command;
    }

    private static Result<SpecDocument> Read(Invocation invocation, string file, string? stdinPath)
    {
        if (file == StandardInput)
        {
            using Stream input = System.Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            // Without a name it is a spec: a script has a name.
            DocumentKind kind = stdinPath is null ? DocumentKind.Spec : SpecDocument.KindOf(stdinPath);
            return SpecDocument.Parse(SourceText.From(bytes.ToArray(), stdinPath ?? "<stdin>"), kind);
        }
        try
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(invocation.WorkingDirectory, file));
            return SpecDocument.Parse(SourceText.From(bytes, file), SpecDocument.KindOf(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3006", $"cannot be read: {exception.Message}") { Location = file };
        }
    }

    private static Result<int> Show(SpecDocument document, string format)
    {
        BoundSpec bound = BoundSpec.Bind(document);
        foreach (Diagnostic diagnostic in bound.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            StandardStreams.WriteErrorLine(diagnostic.ToString(document.Text));
        if (bound.HasErrors) return 1;
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
                StandardStreams.WriteOutput(new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(bound.Spec) + "\n");
                break;
            case "binary":
                StandardStreams.WriteOutput(bound.Spec.ToByteArray());
                break;
            default:
                StandardStreams.WriteOutput(SpecTextWriter.Write(bound.Spec));
                break;
        }
        return 0;
    }
}
