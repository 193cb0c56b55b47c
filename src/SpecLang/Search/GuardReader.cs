using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.SpecLang.Search;

/// <summary>Tells whether files hold a begin guard. One reader, with its buffer, serves one thread and any number of files.</summary>
public sealed unsafe partial class GuardReader
{
    /// <summary>Longer scripts are not searched to their end.</summary>
    private const int LargestScript = 16 << 20;

    /// <summary>A NUL among as many bytes says that a file is not text.</summary>
    private const int EnoughToTell = 8192;

    private const int InterruptedCall = 4;
    private const int CloseOnExecOnLinux = 0x80000;
    private const int NonBlockingOnLinux = 0x800;
    private const int CloseOnExecOnMac = 0x1000000;
    private const int NonBlockingOnMac = 0x4;

    // Large enough for nearly every script to be one read, and small enough to stay in the cache of a core.
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(128 << 10);

    private static ReadOnlySpan<byte> Guard => "[VPYTHON:BEGIN]"u8;

    // The guard without its brackets. Both ends of it are letters that are rare in scripts, and those are what a vectorised search looks for first.
    private static ReadOnlySpan<byte> Core => "VPYTHON:BEGIN"u8;

    private static int OpenFlags => OperatingSystem.IsLinux() ? CloseOnExecOnLinux | NonBlockingOnLinux : CloseOnExecOnMac | NonBlockingOnMac;

    /// <summary>Whether a file is text and holds a begin guard; no when it cannot be read.</summary>
    public bool HoldsGuard(string path) => HoldsGuard(Encoding.UTF8.GetBytes(path + "\0"));

    /// <summary>Whether a file is text and holds a begin guard; no when it cannot be read.</summary>
    /// <param name="path">The path in UTF-8, with a NUL behind it.</param>
    public bool HoldsGuard(ReadOnlySpan<byte> path)
    {
        if (OperatingSystem.IsWindows()) return HoldsGuardOnWindows(Encoding.UTF8.GetString(path[..^1]));
        int descriptor;
        // Without waiting, since a pipe would wait for its writer; and without a SafeFileHandle, which costs as much as reading a small file.
        fixed (byte* name = path) descriptor = Open(name, OpenFlags);
        if (descriptor < 0) return false;
        bool holds = Search(descriptor, null);
        _ = Close(descriptor);
        return holds;
    }

    private bool HoldsGuardOnWindows(string path)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Search(-1, handle);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool Search(int descriptor, SafeFileHandle? handle)
    {
        int kept = 0;
        int total = 0;
        while (total < LargestScript)
        {
            Span<byte> target = _buffer.AsSpan(kept);
            int count = handle is null ? ReadOnce(descriptor, target) : RandomAccess.Read(handle, target, total);
            if (count <= 0) return false;
            Span<byte> read = _buffer.AsSpan(0, kept + count);
            if (total == 0 && read[..Math.Min(read.Length, EnoughToTell)].Contains((byte)0)) return false;
            if (IndexOfGuard(read) >= 0) return true;
            if (count < target.Length) return false;
            total += count;
            kept = Guard.Length - 1;
            read[^kept..].CopyTo(_buffer);
        }
        return false;
    }

    private static int IndexOfGuard(ReadOnlySpan<byte> bytes)
    {
        for (int from = 0; ;)
        {
            int found = bytes[from..].IndexOf(Core);
            if (found < 0) return -1;
            found += from;
            if (found > 0 && bytes[(found - 1)..].StartsWith(Guard)) return found - 1;
            from = found + Core.Length;
        }
    }

    private static int ReadOnce(int descriptor, Span<byte> target)
    {
        fixed (byte* start = target)
        {
            nint count;
            do count = Read(descriptor, start, target.Length);
            while (count < 0 && Marshal.GetLastSystemError() == InterruptedCall);
            return (int)count;
        }
    }

    // Blittable all through, so that a call is a call.
    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, byte* target, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
