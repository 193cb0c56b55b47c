using System.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Commands;

/// <summary>Builds an environment without running anything in it, so that later runs start at once and need no network.</summary>
internal static class InstallCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("install", "build the environment of a script and run nothing", Create, PythonArguments.Arrange);

    private static Command Create(Invocation invocation)
    {
        Argument<string[]> arguments = PythonArguments.Create();
        var command = new Command(Verb.Name, "Builds the environment that the given Python command line would run in, and runs nothing.") { arguments };
        command.SetAction(parsed => Verbs.Finish(invocation.ForRun(parsed.GetValue(arguments) ?? []).Then(Install)));
        return command;
    }

    private static Result<int> Install(Invocation run)
    {
        if (!SpecSearch.Find(run).TryGet(out ProbeResult? found, out Failure? failure)
            || !EnvironmentPreparation.Prepare(run, found, WarmKey.Of(found, run)).TryGet(out PreparedEnvironment? prepared, out failure))
            return failure;
        using (prepared.Held)
        {
            if (run.Options.LinksLocally) LocalEnvironmentLink.Make(run, found, prepared.Held.Path);
            run.Log.Info($"environment {prepared.Held.Path} is ready");
        }
        return 0;
    }
}
