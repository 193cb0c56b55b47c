using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>The failure that no token can be had.</summary>
internal static class TokenFailure
{
    /// <summary>The failure of a source.</summary>
    /// <param name="source">What was asked for a token.</param>
    /// <param name="reason">Why there is none, as the end of a sentence.</param>
    /// <param name="nextStep">What the user can do.</param>
    public static Failure Of(string source, string reason, string nextStep) => new("VPY3137", $"{source} gives no token: {reason}") { NextStep = nextStep, IsOfAll = true };
}
