using System.Runtime.InteropServices;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Execution;

/// <summary>
/// Ctrl-C and its like while something is made: the work stops at once and takes away what it left, then the process ends as it would have without this, by the signal. Whoever asks a
/// second time does not wait for that.
/// </summary>
internal sealed partial class Interruption : IDisposable
{
    /// <summary>The code of <see cref="Failure"/>.</summary>
    public const string Code = "VPY3142";

    private static int _signal;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    private Interruption(PosixSignal[] signals) => _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    /// <summary>The failure of work that was interrupted.</summary>
    public static Failure Failure { get; } = new(Code, "interrupted");

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Begins to watch. A signal that the caller ignores stays ignored.</summary>
    public static Interruption Watch() => new([PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]);

    /// <summary>Ends the process by the signal that was caught; comes back where none was, or on Windows, where signals are exit codes.</summary>
    public static void EndIfInterrupted()
    {
        int signal = Volatile.Read(ref _signal);
        if (signal == 0 || OperatingSystem.IsWindows()) return;
        _ = SetAction(signal, DefaultAction);
        _ = kill(System.Environment.ProcessId, signal);
    }

    /// <summary>Signals do again what they did.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        int number = context.Signal switch
        {
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGHUP => 1,
            _ => 15,
        };
        if (Interlocked.CompareExchange(ref _signal, number, 0) != 0) return;
        context.Cancel = true;
        _source.Cancel();
    }

    private const nint DefaultAction = 0;

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetAction(int number, nint action);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
