using System.Runtime.InteropServices;
using System.Text;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Execution;

/// <summary>
/// Runs Python as a child on Windows, where a process cannot become another one: the child inherits all inheritable handles and the console,
/// receives Ctrl-C and Ctrl-Break itself while this process ignores them, ends when this process is ended, and its exit code is ours.
/// Compiled everywhere, run on Windows only: there is no Windows machine among those that test this project.
/// </summary>
internal static unsafe partial class WindowsExecution
{
    private const uint ExtendedLimitInformation = 9;
    private const uint LimitKillOnJobClose = 0x2000;
    private const uint LimitSilentBreakawayOk = 0x1000;
    private const uint CreateUnicodeEnvironment = 0x400;
    private const uint CreateSuspended = 0x4;
    private const uint DetachedProcess = 0x8;
    private const uint IdlePriority = 0x40;
    private const uint UseStandardHandles = 0x100;
    private const int CommandLineTooLong = 206;
    private const int NotEnoughMemory = 8;
    private const uint Infinite = 0xFFFFFFFF;
    private const int StandardInput = -10;
    private const int StandardOutput = -11;
    private const int StandardError = -12;

    /// <summary>The child's exit code; a failure when it cannot be started.</summary>
    public static Result<int> Run(PythonProcess process)
    {
        // Not the null handler: it makes a process deaf to Ctrl-C together with all its children.
        _ = SetConsoleCtrlHandler(&IgnoreConsoleSignal, 1);

        var startup = new StartupInfo
        {
            Size = (uint)sizeof(StartupInfo),
            Flags = UseStandardHandles,
            Input = GetStdHandle(StandardInput),
            Output = GetStdHandle(StandardOutput),
            Error = GetStdHandle(StandardError),
        };
        ProcessInformation child;
        fixed (char* program = process.Program)
        fixed (char* commandLine = CommandLine([process.Program, .. process.Arguments]))
        fixed (char* environment = VariablesOf(process.Environment))
        {
            if (CreateProcessW(program, commandLine, 0, 0, 1, CreateUnicodeEnvironment | CreateSuspended, environment, null, &startup, &child) == 0)
                return process.NotStarted(Marshal.GetLastPInvokeError(), isRefusal: Marshal.GetLastPInvokeError() is CommandLineTooLong or NotEnoughMemory);
        }

        // The job ends the child when this process is ended; processes that the child starts may leave it, as they could without us.
        nint job = CreateJobObjectW(0, null);
        var limits = default(JobLimits);
        limits.LimitFlags = LimitKillOnJobClose | LimitSilentBreakawayOk;
        if (job != 0 && SetInformationJobObject(job, ExtendedLimitInformation, &limits, (uint)sizeof(JobLimits)) != 0)
            _ = AssignProcessToJobObject(job, child.Process);

        _ = ResumeThread(child.Thread);
        _ = CloseHandle(child.Thread);
        _ = WaitForSingleObject(child.Process, Infinite);
        uint exitCode;
        return GetExitCodeProcess(child.Process, &exitCode) != 0 ? (int)exitCode : 1;
    }

    /// <summary>Starts a program without a console, without handles of ours, and at the lowest priority; it outlives this process. Whether it was started.</summary>
    public static bool TryStartDetached(string program, IReadOnlyList<string> arguments, EnvironmentBlock variables)
    {
        var startup = new StartupInfo { Size = (uint)sizeof(StartupInfo) };
        ProcessInformation child;
        fixed (char* path = program)
        fixed (char* commandLine = CommandLine([program, .. arguments]))
        fixed (char* environment = VariablesOf(variables))
        {
            if (CreateProcessW(path, commandLine, 0, 0, 0, CreateUnicodeEnvironment | DetachedProcess | IdlePriority, environment, null, &startup, &child) == 0) return false;
        }
        _ = CloseHandle(child.Thread);
        _ = CloseHandle(child.Process);
        return true;
    }

    private static string VariablesOf(EnvironmentBlock environment) =>
        string.Concat(environment.Entries.Order(StringComparer.OrdinalIgnoreCase).Select(entry => entry + '\0')) + '\0';

    /// <summary>
    /// One command line of these arguments, quoted as the Microsoft C runtime splits it: backslashes are plain unless a quote follows, where
    /// each is doubled and the quote itself is escaped.
    /// </summary>
    internal static string CommandLine(IEnumerable<string> arguments)
    {
        var line = new StringBuilder();
        foreach (string argument in arguments)
        {
            if (line.Length > 0) line.Append(' ');
            if (argument.Length > 0 && argument.AsSpan().IndexOfAny(" \t\n\v\"") < 0)
            {
                line.Append(argument);
                continue;
            }
            line.Append('"');
            int backslashes = 0;
            foreach (char character in argument)
            {
                if (character == '"') line.Append('\\', backslashes + 1);
                backslashes = character == '\\' ? backslashes + 1 : 0;
                line.Append(character);
            }
            line.Append('\\', backslashes).Append('"');
        }
        return line.ToString();
    }

    [UnmanagedCallersOnly]
    private static int IgnoreConsoleSignal(uint signal) => signal <= 1 ? 1 : 0;

    [StructLayout(LayoutKind.Sequential)]
    private struct StartupInfo
    {
        public uint Size;
        public nint Reserved;
        public nint Desktop;
        public nint Title;
        public uint X, Y, Width, Height, WidthInCharacters, HeightInCharacters, FillAttribute, Flags;
        public ushort ShowWindow, Reserved2Size;
        public nint Reserved2;
        public nint Input, Output, Error;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInformation
    {
        public nint Process;
        public nint Thread;
        public uint ProcessId;
        public uint ThreadId;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct JobLimits
    {
        public long ProcessTime, JobTime;
        public uint LimitFlags;
        public nuint MinimumWorkingSet, MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass, SchedulingClass;
        public ulong ReadOperations, WriteOperations, OtherOperations, ReadBytes, WrittenBytes, OtherBytes;
        public nuint ProcessMemory, JobMemory, PeakProcessMemory, PeakJobMemory;
    }

    [LibraryImport("kernel32")]
    private static partial int SetConsoleCtrlHandler(delegate* unmanaged<uint, int> handler, int add);

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int CreateProcessW(
        char* program, char* commandLine, nint processAttributes, nint threadAttributes, int inheritHandles, uint flags,
        char* environment, char* directory, StartupInfo* startup, ProcessInformation* information);

    [LibraryImport("kernel32")]
    private static partial nint CreateJobObjectW(nint attributes, char* name);

    [LibraryImport("kernel32")]
    private static partial int SetInformationJobObject(nint job, uint kind, JobLimits* limits, uint size);

    [LibraryImport("kernel32")]
    private static partial int AssignProcessToJobObject(nint job, nint process);

    [LibraryImport("kernel32")]
    private static partial uint ResumeThread(nint thread);

    [LibraryImport("kernel32")]
    private static partial int CloseHandle(nint handle);

    [LibraryImport("kernel32")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32")]
    private static partial int GetExitCodeProcess(nint process, uint* exitCode);
}
