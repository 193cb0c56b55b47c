using System.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Commands;

/// <summary>Tells which spec, interpreter, packages and environment a run would use, and why. Builds nothing.</summary>
internal static class WhichCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new("which", "tell which spec, interpreter, packages and environment a script gets, and why", Create, PythonArguments.Arrange);

    private static Command Create(Invocation invocation)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        Argument<string[]> arguments = PythonArguments.Create();
        var command = new Command(Verb.Name, "Tells which spec, interpreter, packages and environment the given Python command line would get, and why. Builds nothing.")
        {
            json,
            arguments,
        };
        command.SetAction(parsed => Verbs.Finish(
            invocation.ForRun(parsed.GetValue(arguments) ?? []).Then(run => Explain(run, parsed.GetValue(json)))));
        return command;
    }

    private static Result<int> Explain(Invocation run, bool asJson)
    {
        if (!SpecSearch.Find(run, withTrace: true).TryGet(out ProbeResult? found, out Failure? failure)) return failure;

        // What is known is told even where the rest fails: it is what the reader needs to mend it.
        var explanation = new RunExplanation(found, run);
        failure = explanation.Complete();
        StandardStreams.WriteOutput(asJson ? explanation.ToJson() : explanation.ToText());
        return failure is null ? 0 : failure;
    }
}
