using System.Collections.Immutable;
using System.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>Lays out specs, alone or in their scripts, in the canonical style.</summary>
internal static class FmtCommand
{
    private const int WouldChange = 1;
    private const int Failed = 2;

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("fmt", "lay out specs in the canonical style", Create);

    private static Command Create(Invocation invocation)
    {
        var check = new Option<bool>("--check") { Description = "Change nothing; name the files that would change, and exit with 1 if there are any." };
        var diff = new Option<bool>("--diff") { Description = "Change nothing; print what would change." };
        var stdinPath = new Option<string?>("--stdin-path")
        {
            Description = "Format standard input to standard output, as the file of this name.",
            HelpName = "NAME",
        };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files, and directories, of which all specs and scripts with a spec are formatted that Git does not ignore; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(Verb.Name, "Lays out specs in the canonical style: files, directories, and specs inside scripts.") { check, diff, stdinPath, paths };
        command.SetAction(parsed =>
        {
            var run = new Run(invocation.WorkingDirectory, parsed.GetValue(check), parsed.GetValue(diff));
            string[] named = parsed.GetValue(paths) ?? [];
            if (parsed.GetValue(stdinPath) is { } name) return run.FormatStandardInput(name);
            return named is [] or ["-"] ? run.FormatStandardInput(".vpython3") : run.FormatAll(named);
        });
        return command;
    }

    /// <summary>One use of the command.</summary>
    /// <param name="directory">The directory that paths are relative to.</param>
    /// <param name="isCheck">Whether files are only named.</param>
    /// <param name="isDiff">Whether changes are only shown.</param>
    private sealed class Run(string directory, bool isCheck, bool isDiff)
    {
        private readonly EditorConfig _settings = new(PhysicalFileSystem.Instance);
        private readonly HashSet<SettingProblem> _shownProblems = [];
        private bool _wouldChange;
        private bool _failed;

        private int ExitCode => _failed ? Failed : _wouldChange && isCheck ? WouldChange : 0;

        public int FormatStandardInput(string name)
        {
            using Stream input = System.Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            var text = SourceText.From(bytes.ToArray(), name);
            SourceText formatted = Format(text);
            if (isCheck || isDiff) ShowChange(text, formatted);
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
                    foreach (string file in SpecFiles.In(full)) FormatFile(file, Path.Combine(path, Path.GetRelativePath(full, file)));
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
                var text = SourceText.From(File.ReadAllBytes(file), shownPath);
                SourceText formatted = Format(text);
                if (formatted.Bytes.SequenceEqual(text.Bytes)) return;
                if (isCheck || isDiff) ShowChange(text, formatted);
                else AtomicFile.Replace(file, formatted.Bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _failed = true;
                StandardStreams.WriteErrorLine(new Failure("VPY3006", exception.Message) { Location = shownPath }.ToString());
            }
        }

        /// <summary>The text in style. Mistakes in it are shown, and make the command fail; what has none is formatted all the same.</summary>
        private SourceText Format(SourceText text)
        {
            var tree = SyntaxTree.Parse(SpecDocument.Parse(text, SpecDocument.KindOf(text)));
            foreach (Diagnostic diagnostic in tree.Document.Diagnostics.Concat(tree.Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            {
                _failed = true;
                StandardStreams.WriteErrorLine(diagnostic.ToString(text));
            }
            ImmutableArray<TextChange> changes = SpecFormatter.Format(tree, OptionsOf(text.Path));
            return changes.IsEmpty ? text : text.WithChanges(changes);
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
            if (isDiff) StandardStreams.WriteOutput(UnifiedDiff.Of(before, after));
            else StandardStreams.WriteOutput(before.Path + "\n");
        }
    }
}
