using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner;

/// <summary>
/// The way around: with <c>VPYTHON_BYPASS</c> set to one exact sentence, the first <c>python3</c> on PATH runs with Python's arguments and the
/// caller's variables, all unchanged, as if we were not there.
/// </summary>
internal static class Bypass
{
    private const string Variable = "VPYTHON_BYPASS";
    private const string Consent = "manually managed python not supported by chrome operations";

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(30);
    private static readonly StringComparison PathComparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>
    /// Whether a candidate is a script that ends in this program, which would go round in circles. Only a script can be one without being this file, and
    /// only a script is asked.
    /// </summary>
    private static bool LeadsBackHere(string candidate, EnvironmentBlock environment)
    {
        Span<byte> start = stackalloc byte[2];
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(candidate);
            if (RandomAccess.Read(file, start, 0) < start.Length || !start.SequenceEqual("#!"u8)) return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        return new InterpreterProbe(ProbeTimeout).Ask(candidate, environment).Refusal == InterpreterProbe.IsWrapper;
    }

    /// <summary>Whether the caller asked for it.</summary>
    public static bool IsAskedFor(EnvironmentBlock environment) => environment[Variable] == Consent;

    /// <summary>Becomes that Python. A verb has nothing to do then.</summary>
    public static Result<int> Execute(Invocation invocation)
    {
        if (invocation.Options.Tool is not null) return 0;
        string name = OperatingSystem.IsWindows() ? "python3.exe" : "python3";
        string program = System.Environment.ProcessPath ?? "";
        FileFingerprint ourselves = FileFingerprint.Of(program);
        IEnumerable<string> candidates = PythonVariables.OuterPath(invocation.Environment)
            .Where(directory => Path.IsPathFullyQualified(directory))
            .Select(directory => Path.Combine(directory, name))
            .Where(path => !FileFingerprint.Of(path).IsSameFileAs(ourselves) && !path.Equals(program, PathComparison));
        foreach (string candidate in candidates)
        {
            if (LeadsBackHere(candidate, invocation.Environment)) continue;
            IReadOnlyList<string> arguments = invocation.Options.Help ? ["-h"] : invocation.Python.Arguments;
            if (new PythonProcess(candidate, arguments, invocation.Environment).Run().TryGet(out int exitCode, out _)) return exitCode;
        }
        return new Failure("VPY3016", $"{Variable} is set, but there is no {name} on PATH") { NextStep = $"put one on PATH, or unset {Variable}" };
    }
}
