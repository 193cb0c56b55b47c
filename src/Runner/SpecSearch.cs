using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner;

/// <summary>Finds the spec that belongs to an invocation.</summary>
internal static class SpecSearch
{
    /// <summary>The spec, or that there is none; a failure when the script does not exist or a spec that was found cannot be read.</summary>
    /// <param name="invocation">Whose spec.</param>
    /// <param name="withTrace">Whether every path that was looked at is recorded.</param>
    public static Result<ProbeResult> Find(Invocation invocation, bool withTrace = false)
    {
        PythonCommandLine python = invocation.Python;
        if (python.Target == PythonTarget.Script && NativeText.HasEscapes(python.TargetValue!))
            return new Failure("VPY3002", "the path of the script is not UTF-8, so its spec cannot be looked for") { NextStep = "rename the script" };

        ProbeResult result = new SpecProbe(PhysicalFileSystem.Instance).Find(new()
        {
            Target = python.Target switch
            {
                PythonTarget.Script => TargetKind.Script,
                PythonTarget.StandardInput => TargetKind.StandardInput,
                PythonTarget.Command => TargetKind.Command,
                PythonTarget.Module => TargetKind.Module,
                _ => TargetKind.Interactive,
            },
            ScriptPath = python.Target == PythonTarget.Script ? python.TargetValue : null,
            WorkingDirectory = invocation.WorkingDirectory,
            ExplicitSpec = invocation.Options.Spec,
            DefaultSpec = invocation.Environment.NonEmpty("VPYTHON_DEFAULT_SPEC"),
            RecordsTrace = withTrace || invocation.Log.Writes(LogLevel.Debug),
        });
        foreach (ProbeStep step in result.Trace) invocation.Log.Debug(step.ToString());
        return result.Failure is { } failure ? Describe(failure) : result;
    }

    private static Failure Describe(ProbeFailure failure) => failure.Kind switch
    {
        ProbeFailureKind.ScriptMissing => new("VPY3003", failure.Message) { NextStep = "correct the path; what is no script and no verb of ours is looked for from the working directory ('vpython3 -help' lists the verbs)" },
        ProbeFailureKind.ScriptUnreadable => new("VPY3008", failure.Message) { NextStep = "a script must be readable to be run: mend its permissions" },
        ProbeFailureKind.SpecMissing => new("VPY3009", failure.Message) { NextStep = "correct the path" },
        _ => new("VPY3010", failure.Message) { NextStep = "a spec that was found is never passed over: mend it or remove it" },
    };
}
