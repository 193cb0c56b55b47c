using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A run of <c>git</c> that has been started, so that several can be under way.</summary>
internal sealed class GitProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private GitProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="Win32Exception">There is no <c>git</c> on PATH.</exception>
    public static GitProcess Start(string directory, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        // Looking must not wait for, or leave, a lock on the index.
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for its end; whether it succeeded, with what it wrote.</summary>
    public bool Succeeds(out string output, out string error)
    {
        output = _output.GetAwaiter().GetResult();
        error = _error.GetAwaiter().GetResult();
        _process.WaitForExit();
        return _process.ExitCode == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
