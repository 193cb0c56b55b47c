using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary><c>package describe</c>: what is known of an instance.</summary>
internal static class PackageDescribeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Invocation invocation)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        (Argument<string> name, Argument<string> version) = PackageArguments.Create();
        var command = new Command("describe", "Tells what is known of an instance: its tags and refs, when it was registered and by whom.") { json, name, version };
        command.SetAction(parsed => Verbs.Finish(PackageArguments.WithPin(invocation, parsed.GetValue(name)!, parsed.GetValue(version)!, async (source, pin, cancellation) =>
        {
            if (!(await source.DescribeAsync(pin, cancellation).ConfigureAwait(false)).TryGet(out InstanceDescription? description, out Failure? failure)) return failure;
            StandardStreams.WriteOutput(parsed.GetValue(json) ? JsonText.Write(writer => InstanceText.WriteMembers(writer, description)) : InstanceText.Of(description));
            return 0;
        })));
        return command;
    }
}
