using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Execution;

/// <summary>Programs that cannot be started: the one outcome of which a test lives to tell.</summary>
public sealed class PythonProcessTests
{
    [Fact]
    public void A_program_that_is_not_there_fails_with_the_reason_of_the_system()
    {
        Failure failure = Run("/nowhere/python3", []);
        Assert.Equal("VPY3017", failure.Code);
        Assert.Contains("'/nowhere/python3' cannot be started: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_are_too_long_are_no_fault_of_the_program() =>
        Assert.Equal(PythonProcess.RefusedBySystem, Run("/bin/sh", [new string('a', 64 << 20)]).Code);

    private static Failure Run(string program, string[] arguments)
    {
        Requirement.Met(!OperatingSystem.IsWindows(), "the programs are those of POSIX");
        Assert.False(new PythonProcess(program, arguments, EnvironmentBlock.Of([])).Run().TryGet(out _, out Failure? failure));
        return failure!;
    }
}
