using System.Collections.Immutable;
using System.CommandLine;
using Google.Protobuf.Reflection;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Search;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>Lays out specs, alone or in their scripts, in the canonical style.</summary>
internal static class FmtCommand
{
    private const int WouldChange = 1;
    private const int Failed = 2;

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("fmt", "lay out specs in the canonical style", Create, FailureExitCode: Failed);

    private static Command Create(Invocation invocation)
    {
        var check = new Option<bool>("--check") { Description = "Change nothing; name the files that would change, and exit with 1 if there are any." };
        var diff = new Option<bool>("--diff") { Description = "Change nothing; print what would change." };
        var stdinPath = new Option<string?>("--stdin-path")
        {
            Description = "Format standard input to standard output, as the file of this name.",
            HelpName = "NAME",
        };
        var paths = new PathArgument<string[]>("PATH")
        {
            Description = "Files, and directories, of which all specs and scripts with a spec are formatted that Git does not ignore; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(Verb.Name, "Lays out specs in the canonical style: files, directories, and specs inside scripts.") { check, diff, stdinPath, paths };
        var schema = new SchemaChoice();
        schema.AddTo(command);
        command.Validators.Add(result =>
        {
            string[] named = result.GetValue(paths) ?? [];
            if (result.GetValue(stdinPath) is not null && named is not ([] or [SpecInput.StandardInput])) result.AddError("With --stdin-path only standard input is formatted; leave out the other paths.");
            else if (named.Length > 1 && named.Contains(SpecInput.StandardInput)) result.AddError("Standard input is formatted alone: '-' stands with no other path.");
        });
        command.SetAction(parsed =>
        {
            var run = new Run(invocation.WorkingDirectory, parsed, schema) { IsCheck = parsed.GetValue(check), IsDiff = parsed.GetValue(diff) };
            string[] named = parsed.GetValue(paths) ?? [];
            return named is [] or [SpecInput.StandardInput] ? run.FormatStandardInput(parsed.GetValue(stdinPath) ?? ".vpython3") : run.FormatAll(named);
        });
        return command;
    }

    /// <summary>One use of the command.</summary>
    /// <param name="directory">The directory that paths are relative to.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="schema">The schema that files are held against, if the command line names one.</param>
    private sealed class Run(string directory, ParseResult parsed, SchemaChoice schema)
    {
        private readonly EditorConfig _settings = new(PhysicalFileSystem.Instance);
        private readonly HashSet<SettingProblem> _shownProblems = [];
        private bool _wouldChange;
        private bool _failed;

        /// <summary>Whether files are only named.</summary>
        public required bool IsCheck { get; init; }

        /// <summary>Whether changes are only shown.</summary>
        public required bool IsDiff { get; init; }

        private int ExitCode => _failed ? Failed : _wouldChange && IsCheck ? WouldChange : 0;

        public int FormatStandardInput(string name)
        {
            SourceText text = SpecInput.ReadStandardInput(name);
            SourceText formatted = Format(text);
            if (IsCheck || IsDiff) ShowChange(text, formatted);
            else StandardStreams.WriteOutput(formatted.Bytes);
            return ExitCode;
        }

        public int FormatAll(IEnumerable<string> paths)
        {
            foreach (string path in paths)
            {
                string full = Path.Combine(directory, path);
                if (Directory.Exists(full))
                {
                    foreach (SpecFile file in SpecFiles.In(full))
                    {
                        if (!SpecFileName.IsMisnamed(file.Path)) FormatFile(file.Path, Path.Combine(path, Path.GetRelativePath(full, file.Path)));
                    }
                }
                else
                {
                    FormatFile(full, path);
                }
            }
            return ExitCode;
        }

        private void FormatFile(string file, string shownPath)
        {
            try
            {
                // A pipe has nothing to be written back to, and may never end.
                if (PhysicalFileSystem.Instance.TryReadRepeatableFile(file, out string? error) is not { } bytes)
                {
                    Fail(shownPath, error ?? "it is no regular file");
                    return;
                }
                var text = SourceText.From(bytes, shownPath);
                SourceText formatted = Format(text);
                if (formatted.Bytes.SequenceEqual(text.Bytes)) return;
                if (IsCheck || IsDiff) ShowChange(text, formatted);
                else AtomicFile.Replace(file, formatted.Bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Fail(shownPath, exception.Message);
            }
        }

        private void Fail(string path, string cause) => Show(new Failure("VPY3006", $"cannot be formatted: {cause}") { Location = path });

        /// <summary>The text in style. Mistakes in it are shown, and make the command fail; what has none is formatted all the same.</summary>
        private SourceText Format(SourceText text)
        {
            var tree = SyntaxTree.Parse(schema.Open(parsed, text));
            IEnumerable<Diagnostic> found = tree.Document.Diagnostics.Concat(tree.Diagnostics);
            if (schema.IsNamed(parsed))
            {
                if (schema.Choose(parsed, directory, tree.Document).TryGet(out MessageDescriptor? type, out Failure? failure)) found = found.Concat(MessageBinder.Bind(tree, type).Diagnostics);
                else Show(failure);
            }
            foreach (Diagnostic diagnostic in found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).OrderBy(static diagnostic => diagnostic.Span))
            {
                _failed = true;
                StandardStreams.WriteErrorLine(diagnostic.ToString(text));
            }
            ImmutableArray<TextChange> changes = SpecFormatter.Format(tree, OptionsOf(text.Path));
            return changes.IsEmpty ? text : text.WithChanges(changes);
        }

        private void Show(Failure failure)
        {
            _failed = true;
            StandardStreams.WriteErrorLine(failure.ToString());
        }

        private FormatOptions OptionsOf(string path)
        {
            var options = FormatOptions.Read(_settings.SettingsOf(Path.GetFullPath(path, directory)), out ImmutableArray<SettingProblem> problems);
            foreach (SettingProblem problem in problems.Where(_shownProblems.Add)) StandardStreams.WriteErrorLine($"{path}: warning: {problem} [VPY3044]");
            return options;
        }

        private void ShowChange(SourceText before, SourceText after)
        {
            if (before.Bytes.SequenceEqual(after.Bytes)) return;
            _wouldChange = true;
            if (IsDiff) StandardStreams.WriteOutput(UnifiedDiff.Of(before, after));
            else StandardStreams.WriteOutput(before.Path + "\n");
        }
    }
}
