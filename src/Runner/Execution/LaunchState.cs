using System.Runtime.InteropServices;

namespace VPythonTools.Runner.Execution;

/// <summary>
/// What the caller gave this process: its arguments byte for byte, and what it must have when it becomes another program. The native
/// executable records it before the runtime starts (<c>launch_state.c</c>); under the JIT, where that is not possible, arguments are those
/// that .NET decoded and only SIGPIPE is put back.
/// </summary>
public static partial class LaunchState
{
    private static readonly bool IsRecorded = !OperatingSystem.IsWindows() && HasRecorder();

    /// <summary>The arguments behind the program's name, as <see cref="NativeText"/> decodes them.</summary>
    /// <param name="decoded">The arguments as .NET hands them to <c>Main</c>.</param>
    public static unsafe string[] Arguments(string[] decoded)
    {
        if (!IsRecorded || vpython_launch_argv() is null || vpython_launch_argc() != decoded.Length + 1) return decoded;
        byte** raw = vpython_launch_argv();
        var arguments = new string[decoded.Length];
        for (int index = 0; index < arguments.Length; index++)
            arguments[index] = NativeText.Decode(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(raw[index + 1]));
        return arguments;
    }

    /// <summary>When this process began, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts; under the JIT, now.</summary>
    public static long Time => IsRecorded && vpython_launch_time() is > 0 and var time ? time : System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>Becomes another program, with signal dispositions, signal mask and limit of open files as the caller gave them (under the JIT, only SIGPIPE).</summary>
    /// <param name="arguments">The path of the executable and its arguments, as C has them.</param>
    /// <param name="environment">Its variables.</param>
    /// <returns>Only where that fails: the system's error. The runtime works on.</returns>
    internal static unsafe int Become(byte** arguments, byte** environment)
    {
        if (IsRecorded) return vpython_become(arguments[0], arguments, environment);
        signal(BrokenPipe, DefaultAction);
        _ = execve(arguments[0], arguments, environment);
        int error = Marshal.GetLastPInvokeError();
        signal(BrokenPipe, Ignore);
        return error;
    }

    /// <summary>
    /// Starts a program that goes to work when this process has become another one or has ended, at the lowest priority, without descriptors of the caller and as nobody's child.
    /// Whether it is on its way; never under the JIT, which has not what it takes.
    /// </summary>
    /// <param name="program">The path of the executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its variables.</param>
    public static unsafe bool TryStartBehind(string program, IReadOnlyList<string> arguments, EnvironmentBlock environment)
    {
        // There it goes to work at once: Python is a child, and this process stays.
        if (OperatingSystem.IsWindows()) return WindowsExecution.TryStartDetached(program, arguments, environment);
        if (!IsRecorded) return false;
        byte** argumentArray = PosixExecution.NativeArray([program, .. arguments]);
        byte** environmentArray = PosixExecution.NativeArray(environment.Entries);
        // The arrays are left to the end of this process, which is near.
        return vpython_start_behind(argumentArray[0], argumentArray, environmentArray) == 0;
    }

    private static bool HasRecorder()
    {
        try
        {
            _ = vpython_launch_argc();
            return true;
        }
        catch (DllNotFoundException)
        {
            // It is linked into the native executable only.
            return false;
        }
    }

    private const int BrokenPipe = 13;
    private const nint DefaultAction = 0;
    private const nint Ignore = 1;

    [LibraryImport("vpython_launch")]
    private static partial int vpython_launch_argc();

    [LibraryImport("vpython_launch")]
    private static partial long vpython_launch_time();

    [LibraryImport("vpython_launch")]
    private static unsafe partial byte** vpython_launch_argv();

    [LibraryImport("vpython_launch")]
    private static unsafe partial int vpython_start_behind(byte* program, byte** arguments, byte** environment);

    [LibraryImport("vpython_launch")]
    private static unsafe partial int vpython_become(byte* program, byte** arguments, byte** environment);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int execve(byte* path, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial nint signal(int number, nint handler);
}
