using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Commands.Packages;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Commands;

/// <summary>All verbs, and when a command line means one.</summary>
internal static class Verbs
{
    /// <summary>What a command line that a verb cannot read ends with.</summary>
    internal const int UsageExitCode = 2;

    /// <summary>The verbs, in the order of the help text.</summary>
    public static ImmutableArray<Verb> All { get; } =
    [
        InstallCommand.Verb,
        WhichCommand.Verb,
        PythonCommand.Verb,
        ShellCommand.Verb,
        ShowCommand.Verb,
        FmtCommand.Verb,
        VerifyCommand.Verb,
        LintCommand.Verb,
        RuleCommand.Verb,
        TreeCommand.Verb,
        WhyCommand.Verb,
        MatrixCommand.Verb,
        AddCommand.Verb,
        RemoveCommand.Verb,
        UpgradeWheelsCommand.Verb,
        InitCommand.Verb,
        PackageCommand.Verb,
        MirrorCommand.Verb,
        ExportEnsureFileCommand.Verb,
        CatalogCommand.Verb,
        EnvCommand.Verb,
        CacheCommand.Verb,
    ];

    /// <summary>
    /// The exit code of the verb that the command line means; null when it means Python. <c>-vpython-tool VERB</c> always is the verb; a first
    /// argument that is a verb's name is the verb unless the working directory has something of that name that Python could run, or it stands behind a
    /// flag of Python or the separator.
    /// </summary>
    public static Result<int>? Run(Invocation invocation)
    {
        IReadOnlyList<string> arguments = invocation.Python.Arguments;
        if (invocation.Options.Tool is { } tool)
        {
            return Find(tool) is { } named
                ? Run(named, invocation, arguments)
                : new Failure("VPY3004", $"unknown -vpython-tool verb: {tool}")
                {
                    NextStep = $"the verbs are {string.Join(", ", All.Select(verb => verb.Name))}",
                };
        }
        if (invocation.Python is not { Target: PythonTarget.Script, FlagCount: 0, TargetValue: { } word }) return null;
        if (Find(word) is not { } verb || IsRunnable(Path.Combine(invocation.WorkingDirectory, word))) return null;
        return Run(verb, invocation, [.. arguments.Skip(1)]);
    }

    /// <summary>Ends a verb: shows the failure if there is one; one that was interrupted ends by the signal.</summary>
    public static int Finish(Result<int> outcome)
    {
        if (outcome.TryGet(out int exitCode, out Failure? failure)) return exitCode;
        Interruption.EndIfInterrupted();
        StandardStreams.WriteErrorLine(failure.ToString());
        return failure.ExitCode;
    }

    /// <summary>Whether Python could run what is there: many projects have a directory called <c>env</c> or <c>cache</c>, and few can be run.</summary>
    private static bool IsRunnable(string path) => Directory.Exists(path) ? File.Exists(Path.Combine(path, "__main__.py")) : Path.Exists(path);

    private static Verb? Find(string name) => All.FirstOrDefault(verb => verb.Name == name);

    private static Result<int> Run(Verb verb, Invocation invocation, IReadOnlyList<string> arguments)
    {
        var root = new RootCommand("Runs Python scripts in the environment that their spec names.") { verb.Create(invocation) };
        ParseResult parsed = root.Parse([verb.Name, .. verb.Arrange?.Invoke(arguments) ?? arguments]);
        string[] errors = [.. parsed.Errors.Select(static error => error.Message), .. FindMistypedOptions(parsed, arguments)];
        if (errors.Length > 0)
        {
            return new Failure("VPY3005", string.Join(" ", errors))
            {
                NextStep = $"vpython3 {verb.Name} --help shows what can follow",
                ExitCode = UsageExitCode,
            };
        }
        using var output = new StringWriter();
        try
        {
            int exitCode = parsed.Invoke(new() { Output = output, Error = output, EnableDefaultExceptionHandler = false });
            StandardStreams.WriteOutput(output.ToString());
            return exitCode;
        }
        catch (ClosedOutputException)
        {
            return ClosedOutputException.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure("VPY3099", exception.Message) { ExitCode = verb.FailureExitCode };
        }
    }

    /// <summary>What is taken for a path and looks like an option. Who writes the separator knows what a path is.</summary>
    private static IEnumerable<string> FindMistypedOptions(ParseResult parsed, IReadOnlyList<string> arguments) => arguments.Contains("--")
        ? []
        : from argument in parsed.CommandResult.Children.OfType<ArgumentResult>()
          where argument.Argument is IPathArgument
          from token in argument.Tokens
          where token.Value is ['-', _, ..]
          select $"There is no option '{token.Value}'. A path that begins with '-' stands behind '--'.";
}
