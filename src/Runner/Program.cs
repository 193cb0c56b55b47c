using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Commands;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner;

internal static class Program
{
    private static int Main(string[] decoded)
    {
        var environment = EnvironmentBlock.OfThisProcess();
        if (environment[InterpreterProbe.ProbingVariable] is not null) return InterpreterProbe.WrapperExitCode;
        try
        {
            Result<int> outcome = CommandLineSplitter.Split(LaunchState.Arguments(decoded)).Then(split => Run(split, environment));
            if (outcome.TryGet(out int exitCode, out Failure? failure)) return exitCode;
            Interruption.EndIfInterrupted();
            StandardStreams.WriteErrorLine(OpenFileLimit.Explain(failure).ToString());
            return failure.ExitCode;
        }
        catch (ClosedOutputException)
        {
            return ClosedOutputException.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A broken machine rather than a mistake of the user: a full disk, a vanished directory, a closed pipe.
            StandardStreams.WriteErrorLine(OpenFileLimit.Explain(new("VPY3099", exception.Message)).ToString());
            return 1;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A mistake of ours. The user gets a line to report instead of a dead process.
            StandardStreams.WriteErrorLine(OpenFileLimit.Explain(new("VPY3098", $"internal error: {exception.GetType().Name}: {exception.Message}")).ToString());
            return 1;
        }
    }

    private static Result<int> Run(SplitCommandLine split, EnvironmentBlock environment)
    {
        var invocation = new Invocation(split.Options, split.Python, environment);
        if (Bypass.IsAskedFor(environment)) return Bypass.Execute(invocation);
        if (invocation.Obstacle is { } obstacle) return obstacle;
        invocation.Timings?.Step("start", "the runtime, the command line and the root are there");
        if (Verbs.Run(invocation) is { } outcome) return outcome;
        if (split.Options.Help) return Questions.Help(invocation);
        if (split.Python.IsQuestion) return Questions.Answer(invocation);
        return ScriptRun.Execute(invocation);
    }
}
