using System.Globalization;

namespace VPythonTools.Lsp;

/// <summary>What the command line asks for.</summary>
internal sealed record ServerOptions
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Help =
        """
        vpython-lsp: a language server for the specs of vpython3

        usage: vpython-lsp [--stdio | --pipe NAME | --socket PORT] [--clientProcessId PID]

          --stdio                 speak over standard input and output; the default
          --pipe NAME             connect to a socket of the file system, or on Windows to a named pipe, that the client listens on
          --socket PORT           connect to a port of this machine that the client listens on
          --clientProcessId PID   end when this process ends, also before the client has said which process it is
          --version               print the version
          --help                  print this

        Editors start it; docs/language-server.md tells how, and what it does.

        """;

    /// <summary>The pipe to connect to; null for another way.</summary>
    public string? Pipe { get; init; }

    /// <summary>The port to connect to; null for another way.</summary>
    public int? Port { get; init; }

    /// <summary>The process to end with; null where none is named.</summary>
    public int? ClientProcess { get; init; }

    /// <summary>Whether only the version is asked for.</summary>
    public bool ShowsVersion { get; init; }

    /// <summary>Whether only help is asked for.</summary>
    public bool ShowsHelp { get; init; }

    /// <summary>Reads a command line. A value follows its option as the next argument or behind <c>=</c>: editors write both.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
    public static ServerOptions Read(IReadOnlyList<string> arguments, out string? problem)
    {
        problem = null;
        var options = new ServerOptions();
        int ways = 0;
        for (int i = 0; i < arguments.Count && problem is null; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            string? value = parts.Length == 2 ? parts[1] : null;
            string? Take(ref string? wrong)
            {
                value ??= ++i < arguments.Count ? arguments[i] : null;
                if (string.IsNullOrEmpty(value)) wrong = $"{parts[0]} needs a value";
                return value;
            }
            switch (parts[0])
            {
                case "--stdio" when value is null:
                    ways++;
                    break;
                case "--pipe":
                    options = options with { Pipe = Take(ref problem) };
                    ways++;
                    break;
                case "--socket" or "--port":
                    options = options with { Port = Number(Take(ref problem), 65_535, parts[0], ref problem) };
                    ways++;
                    break;
                case "--clientProcessId":
                    options = options with { ClientProcess = Number(Take(ref problem), int.MaxValue, parts[0], ref problem) };
                    break;
                case "--version" when value is null:
                    options = options with { ShowsVersion = true };
                    break;
                case "--help" or "-h" when value is null:
                    options = options with { ShowsHelp = true };
                    break;
                default:
                    problem = $"unknown argument '{arguments[i]}'";
                    break;
            }
        }
        if (problem is null && ways > 1) problem = "only one of --stdio, --pipe and --socket can be";
        return options;
    }

    private static int? Number(string? text, int largest, string option, ref string? problem)
    {
        if (problem is not null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && number <= largest) return number;
        problem = $"{option} takes a number from 1 to {largest}, not '{text}'";
        return null;
    }
}
