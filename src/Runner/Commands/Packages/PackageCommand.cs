using System.CommandLine;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Commands.Packages;

/// <summary>Looks for packages, and makes and fills package directories.</summary>
internal static class PackageCommand
{
    /// <summary>The verb.</summary>
    public static Verb Verb { get; } = new("package", "look for packages, fetch them, put wheels into a package directory", Create);

    private static Command Create(Invocation invocation) =>
        new(Verb.Name, "Works on CIPD packages, in a service or in a package directory.")
        {
            PackageListCommand.Create(invocation),
            PackageDescribeCommand.Create(invocation),
            PackageResolveCommand.Create(invocation),
            PackageFetchCommand.Create(invocation),
            CreateAdd(invocation),
        };

    private static Command CreateAdd(Invocation invocation)
    {
        var to = new Option<string>("--to") { Description = "The package directory; made when it is missing.", HelpName = "DIR", Required = true };
        var name = new Option<string>("--name") { Description = "The CIPD name of the package.", HelpName = "NAME", Required = true };
        var tags = new Option<string[]>("--tag") { Description = "A tag of the new instance, such as version:5.8.0; may be repeated.", HelpName = "KEY:VALUE" };
        var refs = new Option<string[]>("--ref") { Description = "A ref to move to the new instance, such as latest; may be repeated.", HelpName = "REF" };
        var wheel = new Argument<string>("WHEEL") { Description = "The wheel file to pack." };
        var command = new Command("add", "Packs a wheel into a CIPD instance and enters it in the index of a package directory; prints the instance ID.")
        {
            to,
            name,
            tags,
            refs,
            wheel,
        };
        command.SetAction(parsed => Verbs.Finish(Add(
            invocation.WorkingDirectory,
            parsed.GetValue(to)!,
            parsed.GetValue(name)!,
            parsed.GetValue(tags) ?? [],
            parsed.GetValue(refs) ?? [],
            Path.Combine(invocation.WorkingDirectory, parsed.GetValue(wheel)!))));
        return command;
    }

    private static Result<int> Add(string workingDirectory, string to, string name, string[] tags, string[] refs, string wheel)
    {
        if (!PackageName.TryParse(name, out PackageName package, out string? error))
            return new Failure("VPY3005", $"--name: {error}") { ExitCode = 2 };

        // An empty path would be the working directory; whoever has an empty variable there does not mean it.
        if (string.IsNullOrWhiteSpace(to)) return new Failure("VPY3005", "--to: the path of the package directory is empty") { ExitCode = 2 };
        if (!PackageDirectory.Add(Path.Combine(workingDirectory, to), package, tags, refs, wheel).TryGet(out PackagePin pin, out Failure? failure)) return failure;
        StandardStreams.WriteOutput(pin.Instance + "\n");
        return 0;
    }
}
