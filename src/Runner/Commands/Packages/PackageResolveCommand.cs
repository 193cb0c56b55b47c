using System.CommandLine;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary><c>package resolve</c>: the instance that a version means.</summary>
internal static class PackageResolveCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Invocation invocation)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of text." };
        (Argument<string> name, Argument<string> version) = PackageArguments.Create();
        var command = new Command("resolve", "Prints the instance ID that a version means.") { json, name, version };
        command.SetAction(parsed => Verbs.Finish(PackageArguments.WithPin(invocation, parsed.GetValue(name)!, parsed.GetValue(version)!, (_, pin, _) =>
        {
            StandardStreams.WriteOutput(parsed.GetValue(json)
                ? JsonText.Write(writer =>
                {
                    writer.WriteString("name", pin.Name.Value);
                    writer.WriteString("version", parsed.GetValue(version)!);
                    writer.WriteString("instance", pin.Instance.Value);
                })
                : pin.Instance + "\n");
            return Task.FromResult<Result<int>>(0);
        })));
        return command;
    }
}
