using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.CommandLine;

/// <summary>
/// Takes a command line apart: our flags may stand anywhere before Python's target (script, <c>-</c>, <c>-c</c>, <c>-m</c>) or the separator
/// <c>--</c>, between Python's own flags too; everything else is Python's. Our flags follow the rules of Go's flag package: one or two dashes,
/// <c>-flag=value</c> or <c>-flag value</c>, the last one wins. Python's follow its <c>getopt</c>: one-letter flags may be joined, <c>c m Q W X</c> take the
/// rest of the word or the next one, and a few long options exist.
/// </summary>
public static class CommandLineSplitter
{
    private const string OurPrefix = "vpython-";
    private const string LettersWithValue = "QWX";

    /// <summary>The names of our flags, the kind of value that each takes (empty for those that take none), and what each does.</summary>
    public static IReadOnlyList<(string Name, string Kind, string Description)> Flags { get; } =
    [
        ("vpython-local-venv", "", "link the environment as .venv beside the spec, for editors and people"),
        ("vpython-log-level", "LEVEL", "what to write to standard error: debug, info, warning or error (default: warning, or debug where VPYTHON_LOG_TRACE is set)"),
        ("vpython-packages", "DIR|URL", "where packages come from (default: VPYTHON_PACKAGES)"),
        ("vpython-root", "DIR", "where environments are kept; empty means the temporary directory (default: VPYTHON_VIRTUALENV_ROOT, else the user's cache directory)"),
        ("vpython-spec", "FILE", "the spec to use, without looking for one"),
        ("vpython-tool", "VERB", "run one of our verbs instead of Python, whatever files are named like it"),
    ];

    /// <summary>The two parts of a command line; a failure when one of our flags is unknown, lacks its value or has a wrong one.</summary>
    public static Result<SplitCommandLine> Split(IReadOnlyList<string> arguments)
    {
        var options = new RunnerOptions();
        var python = new PythonParts();
        int index = 0;
        while (index < arguments.Count && python.Target is null)
        {
            string argument = arguments[index];
            if (argument == "--")
            {
                python.Separate(arguments, index);
                break;
            }
            if (!OurFlag.TryParse(argument, out OurFlag flag))
            {
                index += python.Take(arguments, index);
                continue;
            }
            string? value = flag.Value;
            index++;
            if (value is null && flag.TakesValue)
            {
                if (index == arguments.Count || arguments[index] == "--")
                    return Invalid($"flag needs an argument: -{flag.Name}");
                value = arguments[index++];
            }
            if (!Apply(ref options, flag.Name, value).TryGet(out _, out Failure? failure)) return failure;
        }
        return new SplitCommandLine(options, python.ToCommandLine(arguments, index));
    }

    private static Result<RunnerOptions> Apply(ref RunnerOptions options, string name, string? value)
    {
        switch (name)
        {
            case "vpython-root":
                return options = options with { Root = value };
            case "vpython-spec":
                return options = options with { Spec = value };
            case "vpython-tool":
                return options = options with { Tool = value };
            case "vpython-packages":
                return options = options with { Packages = value };
            case "vpython-log-level":
                LogLevel? level = value switch
                {
                    "debug" => LogLevel.Debug,
                    "info" => LogLevel.Info,
                    "warning" => LogLevel.Warning,
                    "error" => LogLevel.Error,
                    _ => null,
                };
                return level is null
                    ? Invalid($"invalid value \"{value}\" for flag -{name}: it is one of debug, info, warning and error")
                    : options = options with { LogLevel = level };
            case "vpython-local-venv":
                return Truth(value) is { } links ? options = options with { LinksLocally = links } : NoTruth(name, value);
            case "help" or "h":
                return Truth(value) is { } asksForHelp ? options = options with { Help = asksForHelp } : NoTruth(name, value);
            default:
                return Invalid($"unknown flag: -{name}");
        }
    }

    /// <summary>A boolean as Go's flag package reads it; a flag without a value is true. Null when it is none.</summary>
    private static bool? Truth(string? value) => value switch
    {
        null or "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private static Failure NoTruth(string name, string? value) => Invalid($"invalid boolean value \"{value}\" for -{name}");

    private static Failure Invalid(string message) => new("VPY3001", message) { NextStep = "vpython3 -help lists our flags; flags of Python are passed on as they are" };

    /// <summary>A flag of ours as written: its name without dashes, and the value behind <c>=</c>.</summary>
    private readonly record struct OurFlag(string Name, string? Value)
    {
        public bool TakesValue => Name is not ("help" or "h" or "vpython-local-venv");

        public static bool TryParse(string argument, out OurFlag flag)
        {
            flag = default;
            if (!argument.StartsWith('-')) return false;
            string text = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? text : text[..equals];
            if (!name.StartsWith(OurPrefix, StringComparison.Ordinal) && name is not ("help" or "h")) return false;
            flag = new(name, equals < 0 ? null : text[(equals + 1)..]);
            return true;
        }
    }

    /// <summary>Python's part, while it is collected.</summary>
    private sealed class PythonParts
    {
        private readonly List<string> _flags = [];
        private string? _targetValue;
        private bool _excludesUserSite;
        private bool _isQuestion;

        public PythonTarget? Target { get; private set; }

        /// <summary>Takes the argument at <paramref name="index"/>, which is not ours; gives how many arguments were used up. A target is not used up.</summary>
        public int Take(IReadOnlyList<string> arguments, int index)
        {
            string argument = arguments[index];
            if (!argument.StartsWith('-') || argument == "-")
            {
                Target = argument == "-" ? PythonTarget.StandardInput : PythonTarget.Script;
                _targetValue = argument == "-" ? null : argument;
                return 0;
            }
            if (argument.StartsWith("--", StringComparison.Ordinal)) return TakeLongOption(arguments, index);
            for (int letter = 1; letter < argument.Length; letter++)
            {
                bool isLast = letter == argument.Length - 1;
                switch (argument[letter])
                {
                    case 'c' or 'm':
                        Target = argument[letter] == 'c' ? PythonTarget.Command : PythonTarget.Module;
                        _targetValue = !isLast ? argument[(letter + 1)..] : index + 1 < arguments.Count ? arguments[index + 1] : null;
                        return 0;
                    case 's' or 'I':
                        _excludesUserSite = true;
                        break;
                    case 'V' or '?' or 'h':
                        _isQuestion = true;
                        break;
                    case char other when LettersWithValue.Contains(other, StringComparison.Ordinal):
                        return TakeFlags(arguments, index, isLast ? 2 : 1);
                }
            }
            return TakeFlags(arguments, index, 1);
        }

        /// <summary>Takes the separator at <paramref name="index"/>: what follows is the target, whatever it looks like.</summary>
        public void Separate(IReadOnlyList<string> arguments, int index)
        {
            if (index + 1 == arguments.Count)
            {
                Target = PythonTarget.Interactive;
                return;
            }
            string target = arguments[index + 1];
            Target = target == "-" ? PythonTarget.StandardInput : PythonTarget.Script;
            _targetValue = target == "-" ? null : target;
        }

        public PythonCommandLine ToCommandLine(IReadOnlyList<string> arguments, int rest)
        {
            bool isSeparated = rest < arguments.Count && arguments[rest] == "--";
            return new()
            {
                Arguments = [.. _flags, .. arguments.Skip(rest)],
                Target = Target ?? PythonTarget.Interactive,
                TargetValue = _targetValue,
                FlagCount = _flags.Count + (isSeparated ? 1 : 0),
                ExcludesUserSite = _excludesUserSite,
                IsQuestion = _isQuestion,
            };
        }

        private int TakeLongOption(IReadOnlyList<string> arguments, int index)
        {
            if (arguments[index] == "--version" || arguments[index].StartsWith("--help-", StringComparison.Ordinal)) _isQuestion = true;
            return TakeFlags(arguments, index, arguments[index] == "--check-hash-based-pycs" ? 2 : 1);
        }

        private int TakeFlags(IReadOnlyList<string> arguments, int index, int count)
        {
            count = Math.Min(count, arguments.Count - index);
            for (int taken = 0; taken < count; taken++) _flags.Add(arguments[index + taken]);
            return count;
        }
    }
}
