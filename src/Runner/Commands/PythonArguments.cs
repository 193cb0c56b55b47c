using System.CommandLine;

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
}
