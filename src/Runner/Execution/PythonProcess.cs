using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Execution;

/// <summary>The Python process that a run ends in: its program, arguments and variables.</summary>
/// <param name="Program">The absolute path of the executable.</param>
/// <param name="Arguments">The arguments behind the program's name.</param>
/// <param name="Environment">Its variables.</param>
public sealed record PythonProcess(string Program, IReadOnlyList<string> Arguments, EnvironmentBlock Environment)
{
    /// <summary>The code of the failure that no other program would have been started either, so that nothing is wrong with this one.</summary>
    public const string RefusedBySystem = "VPY3018";

    /// <summary>
    /// Becomes this process (POSIX: the same process, by execve; does not return), or runs it and gives its exit code (Windows). Where the
    /// program cannot be started, the failure says why, and this process goes on as it was.
    /// </summary>
    public Result<int> Run() => OperatingSystem.IsWindows() ? WindowsExecution.Run(this) : PosixExecution.Become(this);

    /// <summary>The failure that the system gives for this program.</summary>
    /// <param name="error">The system's error code.</param>
    /// <param name="isRefusal">Whether the code is about the caller's arguments or the machine, not about the program.</param>
    internal Failure NotStarted(int error, bool isRefusal) =>
        new(isRefusal ? RefusedBySystem : "VPY3017", $"'{Program}' cannot be started: {new System.ComponentModel.Win32Exception(error).Message}");
}
