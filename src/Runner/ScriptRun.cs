using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner;

/// <summary>
/// Runs Python in the environment of its spec. The short way first: the spec's bytes lead to a warm record, the record to an environment, and
/// nothing else happens. Whatever the short way lacks, the long way makes.
/// </summary>
internal static class ScriptRun
{
    /// <summary>Becomes Python; comes back with an exit code on Windows, or with the failure that kept Python from starting.</summary>
    public static Result<int> Execute(Invocation invocation)
    {
        if (!SpecSearch.Find(invocation).TryGet(out ProbeResult? found, out Failure? failure)) return failure;
        Timings? timings = invocation.Timings;
        timings?.Step("spec", found.Document is { Region: not null } document ? $"in {document.Text.Path}" : "there is none");
        WarmKey key = WarmKey.Of(found, invocation);
        if (WarmRecord.HoldKnown(invocation, found, key) is ({ } known, { } python))
        {
            timings?.Step("warm record", $"leads to environment {known.Id}, which is held now");
            using (known)
            {
                if (invocation.Options.LinksLocally) LocalEnvironmentLink.Make(invocation, found, known.Path);
                if (Start(invocation, known, python).TryGet(out int exitCode, out failure)) return exitCode;
                if (failure.Code == PythonProcess.RefusedBySystem) return failure;
            }
        }

        timings?.Step("warm record", "there is none, or it is stale: the long way");

        // The second time is for an environment that was there but whose Python does not start.
        for (int attempt = 1; ; attempt++)
        {
            if (!EnvironmentPreparation.Prepare(invocation, found, key).TryGet(out PreparedEnvironment? prepared, out failure)) return failure;
            timings?.Step("environment", $"{prepared.Held.Id} is there and held");
            using (prepared.Held)
            {
                if (invocation.Options.LinksLocally) LocalEnvironmentLink.Make(invocation, found, prepared.Held.Path);
                if (Start(invocation, prepared.Held, prepared.Python).TryGet(out int exitCode, out failure)) return exitCode;
                if (failure.Code == PythonProcess.RefusedBySystem) return failure;
            }
            if (attempt > 1) return new Failure("VPY3022", $"the environment '{prepared.Held.Path}' has no Python that starts, though it was built anew: {failure.Message}");
            invocation.Store.Abandon(prepared.Held.Id);
        }
    }

    private static Result<int> Start(Invocation invocation, HeldEnvironment environment, string python)
    {
        string program = Path.Combine(environment.Path, python);
        PythonCommandLine commandLine = invocation.Python;
        environment.Lock.KeepThroughExecution();
        var process = new PythonProcess(
            program,
            commandLine.ExcludesUserSite ? commandLine.Arguments : ["-s", .. commandLine.Arguments],
            PythonVariables.In(invocation.Environment, environment.Path, Path.GetDirectoryName(program)!));
        CollectorProcess.StartIfDue(invocation);
        invocation.Timings?.Step("execute", $"{program} starts now");
        invocation.Timings?.Write();
        Result<int> outcome = process.Run();
        environment.Lock.DropAtExecution();
        return outcome;
    }
}
