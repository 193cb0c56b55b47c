using System.CommandLine;
using VPythonTools.Runner.CommandLine;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Commands;

/// <summary>A Python command line as the arguments of a verb: "what would happen if I ran this".</summary>
internal static class PythonArguments
{
    /// <summary>The argument that takes the whole rest of the line.</summary>
    public static Argument<string[]> Create() => new("python arguments")
    {
        Description = "The command line of the run in question: [our flags and Python's] [-c CODE | -m MODULE | SCRIPT | -] [arguments].",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Sets the verb's own options, which come first, apart from the flags of Python, which may look like them.</summary>
    public static IReadOnlyList<string> Arrange(IReadOnlyList<string> arguments)
    {
        int own = arguments.TakeWhile(argument => argument is "--json" or "--install" or "--help" or "-h" or "-?").Count();
        return [.. arguments.Take(own), "--", .. arguments.Skip(own)];
    }

    /// <summary>The run in question; our flags before the verb hold for it too.</summary>
    public static Result<Invocation> Read(Invocation verb, IReadOnlyList<string> arguments) =>
        CommandLineSplitter.Split(arguments).Then<Invocation>(split => new Invocation(
            new()
            {
                Root = split.Options.Root ?? verb.Options.Root,
                Spec = split.Options.Spec ?? verb.Options.Spec,
                Packages = split.Options.Packages ?? verb.Options.Packages,
                LogLevel = split.Options.LogLevel ?? verb.Options.LogLevel,
                LinksLocally = split.Options.LinksLocally || verb.Options.LinksLocally,
            },
            split.Python,
            verb.Environment));
}
