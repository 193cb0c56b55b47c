using System.Text;
using VPythonTools.Runner.Commands;

namespace VPythonTools.Runner.CommandLine;

/// <summary>What <c>-help</c> prints.</summary>
public static class Usage
{
    /// <summary>Our flags and verbs.</summary>
    public static string Text { get; } = Write();

    private static string Write()
    {
        var text = new StringBuilder()
            .Append("vpython3 ").Append(typeof(Usage).Assembly.GetName().Version!.ToString(3))
            .Append(": runs Python scripts in the environment that their spec names.\n\n")
            .Append("Usage of vpython3:\n")
            .Append("  vpython3 [our flags and Python's] [-c CODE | -m MODULE | SCRIPT | -] [arguments]\n")
            .Append("  vpython3 [our flags] VERB [arguments]\n\n")
            .Append("Our flags, with one dash or two, before the script:\n");
        foreach ((string name, string kind, string description) in CommandLineSplitter.Flags)
            text.Append("  -").Append(kind.Length == 0 ? name : $"{name} {kind}").Append("\n        ").Append(description).Append('\n');
        text.Append("  -help, -h\n        this text, then that of Python\n\n")
            .Append("Verbs, unless a file of that name is in the working directory:\n");
        foreach (Verb verb in Verbs.All)
            text.Append("  ").Append(verb.Name.PadRight(20)).Append(verb.Description).Append('\n');
        return text.Append("\n`vpython3 VERB --help` says more.\n\n").ToString();
    }
}
