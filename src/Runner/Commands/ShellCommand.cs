using System.CommandLine;
using VPythonTools.Runner.Cipd.Auth;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Commands;

/// <summary>Becomes a shell, or another program, that sees what a script in its environment would see.</summary>
internal static class ShellCommand
{
    private const string Separator = "--";

    /// <summary>What a shell answers for a program that it does not find.</summary>
    private const int NotFoundExitCode = 127;

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("shell", "start a shell, or a command behind --, in the environment of a script", Create, PythonArguments.Arrange);

    private static Command Create(Invocation invocation)
    {
        var words = new Argument<string[]>("SCRIPT -- COMMAND")
        {
            Description = "The script, or any command line of Python, whose environment is meant; then, behind --, a command with its arguments. Without a script it is the environment of the working directory, without a command your shell.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(Verb.Name, "Becomes your shell, or the command behind --, with the variables that a script in its environment gets. The environment is built first where it is not there.") { words };
        command.SetAction(parsed => Verbs.Finish(Start(invocation, parsed.GetValue(words) ?? [])));
        return command;
    }

    private static Result<int> Start(Invocation verb, string[] words)
    {
        string[] python = [.. words.TakeWhile(word => word != Separator)];
        string[] command = [.. words.Skip(python.Length + 1)];
        if (!verb.ForRun(python).TryGet(out Invocation? run, out Failure? failure)
            || !SpecSearch.Find(run).TryGet(out ProbeResult? found, out failure)
            || !EnvironmentPreparation.Obtain(run, found).TryGet(out PreparedEnvironment? prepared, out failure))
            return failure;
        using (prepared.Held)
        {
            string scripts = Path.GetDirectoryName(Path.Combine(prepared.Held.Path, prepared.Python))!;
            EnvironmentBlock variables = PythonVariables.In(run.Environment, prepared.Held.Path, scripts);
            bool isShell = command.Length == 0;
            if (isShell) command = [ShellOf(run.Environment)];
            if (Locate(command[0], variables, run.WorkingDirectory) is not { } program)
                return new Failure("VPY3019", $"there is no program '{command[0]}' on the PATH of the environment") { NextStep = "correct its name, name it by its path, or add the wheel that brings it to the spec", ExitCode = NotFoundExitCode };
            if (isShell) Log.Notice($"environment {prepared.Held.Id}; `exit` leaves it");
            prepared.Held.Lock.KeepThroughExecution();
            return new PythonProcess(program, command[1..], variables).Run();
        }
    }

    private static string ShellOf(EnvironmentBlock environment) =>
        OperatingSystem.IsWindows() ? environment.NonEmpty("COMSPEC") ?? "cmd.exe" : environment.NonEmpty("SHELL") ?? "/bin/sh";

    private static string? Locate(string name, EnvironmentBlock variables, string directory)
    {
        if (!name.Contains(Path.DirectorySeparatorChar) && !name.Contains(Path.AltDirectorySeparatorChar)) return PathSearch.Find(name, variables);
        string path = Path.GetFullPath(name, directory);
        return File.Exists(path) ? path : null;
    }
}
