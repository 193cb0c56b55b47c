using System.CommandLine;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Runner.Commands;

/// <summary>Tells where the Python of a script is: what an editor, a debugger or a build file is set to.</summary>
internal static class PythonCommand
{
    /// <summary>What <c>python find</c> ends with when the path is known and nothing is there yet.</summary>
    private const int NotBuiltExitCode = 3;

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("python", "find the interpreter of a script's environment, for editors", Create, Arrange);

    private static Command Create(Invocation invocation) => new(Verb.Name, "Tells about the Python of environments.") { CreateFind(invocation) };

    /// <summary>Behind the word that says what is asked, the line is that of the run in question.</summary>
    private static IReadOnlyList<string> Arrange(IReadOnlyList<string> arguments) =>
        arguments.Count > 0 && arguments[0] == "find" ? ["find", .. PythonArguments.Arrange([.. arguments.Skip(1)])] : arguments;

    private static Command CreateFind(Invocation invocation)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of the path." };
        var install = new Option<bool>("--install") { Description = "Build the environment where it is not there." };
        Argument<string[]> arguments = PythonArguments.Create();
        var command = new Command("find", $"Prints the path of the interpreter of the environment that the given Python command line gets. The path is the same before and after the environment is built; the exit code is {NotBuiltExitCode} while it is not.")
        {
            json,
            install,
            arguments,
        };
        command.SetAction(parsed => Verbs.Finish(invocation.ForRun(parsed.GetValue(arguments) ?? [])
            .Then(run => Find(run, parsed.GetValue(json), parsed.GetValue(install)))));
        return command;
    }

    private static Result<int> Find(Invocation run, bool asJson, bool installs)
    {
        if (!SpecSearch.Find(run).TryGet(out ProbeResult? found, out Failure? failure)
            || !EnvironmentPreparation.Locate(run, found, installs).TryGet(out EnvironmentLocation? location, out failure))
            return failure;
        if (location.IsReady && run.Options.LinksLocally) LocalEnvironmentLink.Make(run, found, location.Path);
        StandardStreams.WriteOutput(asJson ? ToJson(location, found) : location.Python + "\n");
        if (location.IsReady) return 0;
        if (!asJson) Log.Notice("the environment is not built yet; --install builds it, and so does the first run");
        return NotBuiltExitCode;
    }

    private static string ToJson(EnvironmentLocation location, ProbeResult found) => JsonText.Write(json =>
    {
        json.WriteString("python", location.Python);
        json.WriteBoolean("ready", location.IsReady);
        json.WriteString("version", location.Version);
        json.WriteString("base", location.Base);
        json.WriteStartObject("environment");
        json.WriteString("id", location.Id);
        json.WriteString("path", location.Path);
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteString("path", found.Path);
        json.WriteString("kind", RunExplanation.KindOf(found.Origin));
        json.WriteEndObject();
    });
}
