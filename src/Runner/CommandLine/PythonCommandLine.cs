namespace VPythonTools.Runner.CommandLine;

/// <summary>A Python command line: the arguments as given, and what they say. Nothing is rewritten; Python gets what the user typed.</summary>
public sealed record PythonCommandLine
{
    /// <summary>Every argument that is Python's, unchanged and in order, the separator <c>--</c> included.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>What is run.</summary>
    public required PythonTarget Target { get; init; }

    /// <summary>The script's path, the program's text or the module's name; null for the other targets.</summary>
    public string? TargetValue { get; init; }

    /// <summary>How many of <see cref="Arguments"/> stand before the target: flags, their values and the separator.</summary>
    public int FlagCount { get; init; }

    /// <summary>Whether the flags shut the user's site directory out already (<c>-s</c> or <c>-I</c>).</summary>
    public bool ExcludesUserSite { get; init; }

    /// <summary>Whether Python is only asked about itself (<c>-V</c>, <c>--version</c>, <c>-?</c>, <c>--help-env</c>, ...), which needs no environment.</summary>
    public bool IsQuestion { get; init; }
}
