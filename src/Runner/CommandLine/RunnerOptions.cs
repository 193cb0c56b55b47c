using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.CommandLine;

/// <summary>What our own flags said. A null member was not given.</summary>
public sealed record RunnerOptions
{
    /// <summary><c>-vpython-root</c>: the environment root; empty means the temporary directory.</summary>
    public string? Root { get; init; }

    /// <summary><c>-vpython-spec</c>: the spec to use, without looking for one.</summary>
    public string? Spec { get; init; }

    /// <summary><c>-vpython-tool</c>: the verb to run instead of Python.</summary>
    public string? Tool { get; init; }

    /// <summary><c>-vpython-packages</c>: where packages come from, a directory or a service's address.</summary>
    public string? Packages { get; init; }

    /// <summary><c>-vpython-log-level</c>: what is worth a line on standard error.</summary>
    public LogLevel? LogLevel { get; init; }

    /// <summary><c>-vpython-local-venv</c>: whether the project gets a link to its environment.</summary>
    public bool LinksLocally { get; init; }

    /// <summary><c>-help</c> or <c>-h</c>.</summary>
    public bool Help { get; init; }
}
