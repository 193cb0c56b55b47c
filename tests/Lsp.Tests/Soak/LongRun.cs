namespace VPythonTools.Lsp.Tests.Soak;

/// <summary>Whether tests that have a long form run it: with <c>VPYTHON_LONG_RUN=true</c>; docs/language-server.md says how long that takes and what came of it.</summary>
internal static class LongRun
{
    /// <summary>Whether the long form runs.</summary>
    public static bool IsAskedFor => Environment.GetEnvironmentVariable("VPYTHON_LONG_RUN") == "true";
}
