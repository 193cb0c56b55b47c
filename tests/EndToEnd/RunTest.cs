using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>Tests of one user with two packages, who runs <c>vpython3</c>, and of what came of it.</summary>
public abstract class RunTest : IDisposable
{
    private protected const string Greet = "import greeting\nprint(greeting.TEXT)\n";

    private protected static readonly string Greeting = PackageShelf.Spec.Split('\n')[0] + "\n";

    protected RunTest(PackageShelf packages) => User = new Sandbox().With(packages);

    private protected Sandbox User { get; }

    public void Dispose()
    {
        User.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a command line of the shell's in which <c>vpython3</c> is ours.</summary>
    private protected ProcessRun Bash(string command) =>
        User.Start("/bin/bash", ["-c", "vpython3() { '" + NativeExecutable.Runner + "' \"$@\"; }; " + command]);

    private protected static void AssertFails(ProcessRun run, string reason)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    private protected static void AssertPrints(string expected, ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(expected, run.Output);
        Assert.Equal("", run.Error);
    }

    /// <summary>The run ended before Python, with an error at this place below the working directory.</summary>
    private protected void AssertRefused(ProcessRun run, string error)
    {
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        string shown = run.Error.StartsWith(User.Work, StringComparison.Ordinal) ? run.Error[(User.Work.Length + 1)..] : run.Error;
        Assert.StartsWith(error, shown, StringComparison.Ordinal);
        Assert.Matches("^[^:]+:[1-9][0-9]*:[1-9][0-9]*: error: ", shown);
        Assert.Empty(User.Environments);
    }
}
