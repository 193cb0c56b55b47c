using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.Runner.Files;

/// <summary>
/// An advisory lock on a file, shared or exclusive, released by the system when the last process that holds it ends. On POSIX it is <c>flock</c> on a
/// descriptor of its own: a <see cref="FileStream"/> would take a lock itself. The descriptor is inherited through <c>execve</c> when asked.
/// The file is never removed by a holder.
/// </summary>
public sealed partial class FileLock : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private int _descriptor;
    private int _inherited = -1;

    /// <summary>
    /// Whether the file system has locks. Where it has none (some NFS), sharing and waiting succeed at once and <see cref="TryTakeExclusive"/> never does: nobody can be sure
    /// to be alone, so what needs that is left undone. Known when the lock was asked for.
    /// </summary>
    public bool IsEffective { get; private set; } = true;

    private FileLock(int descriptor) => _descriptor = descriptor;

    private FileLock(SafeFileHandle handle)
    {
        _handle = handle;
        _descriptor = -1;
    }

    /// <summary>Opens a lock file, making it and its directory when they are missing. A file that may only be read can still be locked.</summary>
    /// <exception cref="IOException">The file can be neither opened nor made.</exception>
    public static FileLock Open(string path)
    {
        if (TryOpen(path, create: true) is { } found) return found;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return TryOpen(path, create: true) ?? throw LastError($"cannot open the lock file '{path}'");
    }

    /// <summary>Opens a lock file that exists; null when it does not.</summary>
    public static FileLock? OpenExisting(string path) => TryOpen(path, create: false);

    /// <summary>Waits until the lock can be shared.</summary>
    public void TakeShared() => Take(SharedLock, wait: true);

    /// <summary>Shares the lock when that needs no waiting.</summary>
    public bool TryTakeShared() => Take(SharedLock, wait: false);

    /// <summary>Waits until the lock can be held alone.</summary>
    public void TakeExclusive() => Take(ExclusiveLock, wait: true);

    /// <summary>Holds the lock alone when that needs no waiting.</summary>
    public bool TryTakeExclusive() => Take(ExclusiveLock, wait: false);

    /// <summary>Lets the lock go on living in the program that this process becomes, and in its children on Windows.</summary>
    public void KeepThroughExecution()
    {
        if (OperatingSystem.IsWindows()) _ = SetHandleInformation(_handle!, HandleInherit, HandleInherit);
        else if (_inherited < 0) _inherited = DuplicateBehindStandardStreams(_descriptor); // It shares the lock and is not closed at execve.
    }

    /// <summary>Undoes <see cref="KeepThroughExecution"/>.</summary>
    public void DropAtExecution()
    {
        if (OperatingSystem.IsWindows()) _ = SetHandleInformation(_handle!, HandleInherit, 0);
        if (_inherited < 0) return;
        _ = close(_inherited);
        _inherited = -1;
    }

    /// <summary>Sets the time of last change to now; a lock file that may only be read keeps its time.</summary>
    public void RecordUse()
    {
        if (OperatingSystem.IsWindows()) File.SetLastWriteTimeUtc(_handle!, DateTime.UtcNow);
        else _ = futimens(_descriptor, 0);
    }

    /// <summary>Lets the lock go.</summary>
    public void Dispose()
    {
        _handle?.Dispose();
        DropAtExecution();
        if (_descriptor < 0) return;
        _ = close(_descriptor);
        _descriptor = -1;
    }

    /// <summary>A caller may have closed a standard stream: what gets its number would be that stream to Python.</summary>
    private static int DuplicateBehindStandardStreams(int descriptor)
    {
        int duplicate = dup(descriptor);
        if (duplicate is < 0 or > StandardError) return duplicate;
        int next = DuplicateBehindStandardStreams(descriptor);
        _ = close(duplicate);
        return next;
    }

    private static FileLock? TryOpen(string path, bool create)
    {
        if (OperatingSystem.IsWindows()) return TryOpenWindows(path, create);
        int descriptor = open(path, ReadWrite | CloseOnExec);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() is PermissionDenied or OperationNotPermitted or ReadOnlyFileSystem)
            descriptor = open(path, CloseOnExec);
        if (descriptor >= 0) return new(descriptor);
        if (!create || Marshal.GetLastPInvokeError() != NoSuchFile) return null;
        // Made by creat and opened again: open with a mode is variadic, which Apple's ARM calling convention passes in another way.
        int made = creat(path, DefaultMode);
        if (made < 0) return null;
        _ = close(made);
        return TryOpen(path, create: false);
    }

    private bool Take(int kind, bool wait)
    {
        if (OperatingSystem.IsWindows()) return TakeWindows(kind, wait);
        while (flock(_descriptor, kind | (wait ? 0 : DoNotWait)) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            if (!wait && error == WouldBlock) return false;
            if (!AreLocksMissing(error)) throw LastError("cannot lock the store");
            IsEffective = false;
            return wait || kind == SharedLock;
        }
        return true;
    }

    private static bool AreLocksMissing(int error) =>
        OperatingSystem.IsMacOS() ? error is MacOSNoLocks or MacOSNoSystemCall or MacOSNotSupported or MacOSNotSupportedHere : error is NoLocks or NoSystemCall or NotSupported;

    private static IOException LastError(string what) => new($"{what}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    private const int StandardError = 2;
    private const int SharedLock = 1;
    private const int ExclusiveLock = 2;
    private const int DoNotWait = 4;
    private const int ReadWrite = 2;
    private const int DefaultMode = 0b110_110_110;
    private const int PermissionDenied = 13;
    private const int OperationNotPermitted = 1;
    private const int ReadOnlyFileSystem = 30;
    private const int Interrupted = 4;
    private const int NoSuchFile = 2;
    private const int NoLocks = 37;
    private const int NoSystemCall = 38;
    private const int NotSupported = 95;
    private const int MacOSNoLocks = 77;
    private const int MacOSNoSystemCall = 78;
    private const int MacOSNotSupported = 45;
    private const int MacOSNotSupportedHere = 102;

    private static int CloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int creat(string path, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int futimens(int descriptor, nint times);

    // Windows: byte-range locks far behind the end of the file. Compiled everywhere, run on Windows only.

    private const uint HandleInherit = 1;
    private const uint FailImmediately = 1;
    private const uint ExclusiveRange = 2;
    private const int LockViolation = 33;

    private static FileLock? TryOpenWindows(string path, bool create)
    {
        try
        {
            return new(File.OpenHandle(
                path, create ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [SupportedOSPlatform("windows")]
    private unsafe bool TakeWindows(int kind, bool wait)
    {
        var range = new NativeOverlapped { OffsetLow = 0, OffsetHigh = 0x40000000 };
        uint flags = (kind == ExclusiveLock ? ExclusiveRange : 0) | (wait ? 0 : FailImmediately);
        if (LockFileEx(_handle!, flags, 0, 1, 0, &range) != 0) return true;
        if (!wait && Marshal.GetLastPInvokeError() == LockViolation) return false;
        throw LastError("cannot lock the store");
    }

    [LibraryImport("kernel32", SetLastError = true)]
    private static unsafe partial int LockFileEx(SafeFileHandle file, uint flags, uint reserved, uint low, uint high, NativeOverlapped* range);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int SetHandleInformation(SafeFileHandle handle, uint mask, uint flags);
}
