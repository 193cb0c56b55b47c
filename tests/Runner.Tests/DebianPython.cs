using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Interpreters;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests;

/// <summary>The machine's own Python, asked once, for tests that make environments. Not the first on PATH, which may be a shim.</summary>
internal static class DebianPython
{
    private const string Executable = "/usr/bin/python3";

    private static readonly Lazy<InterpreterFacts> Asked = new(Ask);

    /// <summary>What it said; skips the test where there is none.</summary>
    public static InterpreterFacts Facts
    {
        get
        {
            Requirement.Met(File.Exists(Executable), $"there is no {Executable}");
            return Asked.Value;
        }
    }

    private static InterpreterFacts Ask()
    {
        (ProbeAnswer? answer, string? refusal) = new InterpreterProbe(TimeSpan.FromMinutes(1)).Ask(Executable, EnvironmentBlock.OfThisProcess());
        Assert.True(answer is not null, refusal);
        return answer.ToFacts();
    }
}
