using System.CommandLine;
using VPythonTools.Runner.Commands.Lint;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.Runner.Commands;

/// <summary>Finds what is wrong with specs, and mends what can be mended.</summary>
internal static class LintCommand
{
    /// <summary>The exit code where something was found.</summary>
    public const int HasFindings = 1;

    /// <summary>The exit code where the command could not do all of its job.</summary>
    public const int Failed = 2;

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("lint", "find mistakes in specs, and mend them", Create, FailureExitCode: Failed);

    private static Command Create(Invocation invocation)
    {
        var choices = new Choices();
        Command command = choices.CreateCommand();
        command.SetAction(parsed => Verbs.Finish(Execute(invocation, choices, parsed)));
        return command;
    }

    private static Result<int> Execute(Invocation invocation, Choices choices, ParseResult parsed)
    {
        Result<int> outcome = choices.Read(parsed, IsColoured(invocation)).Then(options => new LintRun(invocation, options).Execute());
        return outcome.Failure is { } failure ? failure with { ExitCode = Failed } : outcome;
    }

    private static bool IsColoured(Invocation invocation) =>
        !System.Console.IsOutputRedirected && invocation.Environment.NonEmpty("NO_COLOR") is null && invocation.Environment["TERM"] is not "dumb";

    /// <summary>The options.</summary>
    private sealed class Choices
    {
        private readonly Option<bool> _fix = new("--fix") { Description = "Mend what can be mended safely, and report the rest." };
        private readonly Option<bool> _unsafeFixes = new("--unsafe-fixes") { Description = "With --fix or --diff: also fixes that change the environment, to be looked at afterwards." };
        private readonly Option<bool> _diff = new("--diff") { Description = "Change nothing; print what --fix would change." };
        private readonly Option<string[]> _select = new("--select") { Description = "Only these codes, or codes that begin so, such as VPY23; with commas between them.", HelpName = "CODE" };
        private readonly Option<string[]> _ignore = new("--ignore") { Description = "Not these codes, or codes that begin so.", HelpName = "CODE" };
        private readonly Option<string> _severity = new("--severity") { Description = "The least to report, and to fail for.", DefaultValueFactory = static _ => "warning" };
        private readonly Option<string?> _changed = new("--changed")
        {
            Description = "Only what Git says has changed since the branch left BASE: committed, staged, not staged, not known to Git yet. BASE is the upstream branch, else origin/main, else HEAD.",
            HelpName = "BASE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        private readonly Option<bool> _exitZero = new("--exit-zero") { Description = "Exit with 0 whatever is found." };
        private readonly Option<bool> _statistics = new("--statistics") { Description = "Print how often each kind of finding is there instead." };
        private readonly Option<string> _format = new("--format") { Description = "How findings are written.", DefaultValueFactory = static _ => LintFormats.Names[0] };
        private readonly Option<string?> _stdinPath = new("--stdin-path") { Description = "Look at standard input, as the file of this name.", HelpName = "NAME" };
        private readonly PathArgument<string[]> _paths = new("PATH")
        {
            Description = "Files, directories, of which all specs and scripts with a spec are looked at that Git does not ignore, and patterns such as 'tools/**/*.py'; - is standard input. The working directory when there is none.",
            Arity = ArgumentArity.ZeroOrMore,
        };

        public Command CreateCommand()
        {
            _severity.AcceptOnlyFromAmong("error", "warning", "info", "hint");
            _format.AcceptOnlyFromAmong([.. LintFormats.Names]);
            return new(Verb.Name, "Finds what is wrong with specs: files, directories, and specs inside scripts. Exits with 0 when nothing is found, 1 when something is, 2 when it could not look.")
            {
                _fix, _unsafeFixes, _diff, _select, _ignore, _severity, _changed, _exitZero, _statistics, _format, _stdinPath, _paths,
            };
        }

        public Result<LintOptions> Read(ParseResult parsed, bool isColoured)
        {
            string format = parsed.GetValue(_format)!;
            bool hasStatistics = parsed.GetValue(_statistics);
            if (hasStatistics && !LintFormats.NamesWithStatistics.Contains(format))
                return new Failure("VPY3005", $"there are no statistics in the format '{format}'") { NextStep = $"those with statistics are {string.Join(", ", LintFormats.NamesWithStatistics)}" };
            bool fixes = parsed.GetValue(_fix);
            bool showsDifference = parsed.GetValue(_diff);
            if (parsed.GetValue(_unsafeFixes) && !fixes && !showsDifference)
                return new Failure("VPY3005", "--unsafe-fixes says which fixes are made, not that any are") { NextStep = "add --fix, or --diff to see what it would change" };
            AnalysisSettings.TryReadSeverity(parsed.GetValue(_severity)!, out DiagnosticSeverity? severity);
            return CodeSelection.Read(parsed.GetValue(_select) ?? [], parsed.GetValue(_ignore) ?? []).Then<LintOptions>(codes => new LintOptions
            {
                Paths = [.. parsed.GetValue(_paths) ?? []],
                StandardInputPath = parsed.GetValue(_stdinPath),
                OnlyChanged = parsed.GetResult(_changed) is not null,
                ChangedSince = parsed.GetValue(_changed),
                Fixes = fixes && !showsDifference,
                ShowsDifference = showsDifference,
                WithUnsafeFixes = parsed.GetValue(_unsafeFixes),
                Codes = codes,
                Threshold = severity!.Value,
                ExitsWithZero = parsed.GetValue(_exitZero),
                Format = hasStatistics ? LintFormats.CreateStatistics(format) : LintFormats.Create(format, isColoured),
            });
        }
    }
}
