namespace VPythonTools.Runner.Console;

/// <summary>Whoever read standard output does so no longer, as <c>head</c> when it has enough: nothing is broken, and nobody wants to hear of it.</summary>
public sealed class ClosedOutputException(string message) : IOException(message)
{
    /// <summary>The exit code that shells show for a program which SIGPIPE ends: 128, and the number of the signal.</summary>
    public const int ExitCode = 141;
}
