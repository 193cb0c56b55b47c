namespace VPythonTools.Runner.Execution;

/// <summary>The Python process that a run ends in: its program, arguments and variables.</summary>
/// <param name="Program">The absolute path of the executable.</param>
/// <param name="Arguments">The arguments behind the program's name.</param>
/// <param name="Environment">Its variables.</param>
public sealed record PythonProcess(string Program, IReadOnlyList<string> Arguments, EnvironmentBlock Environment)
{
    /// <summary>
    /// Becomes this process (POSIX: the same process, by execve; does not return), or runs it and gives its exit code (Windows). Returns null
    /// when the program does not exist or cannot be executed, with this process as it was but for what <see cref="LaunchState.Restore"/> put back.
    /// </summary>
    public int? Run() => OperatingSystem.IsWindows() ? WindowsExecution.Run(this) : PosixExecution.Become(this);
}
