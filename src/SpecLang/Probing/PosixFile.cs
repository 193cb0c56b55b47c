using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VPythonTools.SpecLang.Probing;

/// <summary>
/// Opens files by <c>open(2)</c>. .NET's own way takes a shared <c>flock</c>, which fails when someone holds an exclusive one; scripts that lock their own
/// file to run once at a time do.
/// </summary>
internal static class PosixFile
{
    private const int ReadOnly = 0;

    private static int CloseOnExec => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0x100000;

    private static int NonBlocking => OperatingSystem.IsLinux() ? 0x800 : 0x4;

    /// <summary>Opens a file for reading; a pipe, only when that needs no waiting for a writer if <paramref name="waits"/> is false.</summary>
    /// <exception cref="IOException">It cannot be opened; the message is the system's.</exception>
    public static SafeFileHandle OpenForReading(string path, bool waits)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) throw new IOException("the path has a NUL character");
        int descriptor = Open(path, ReadOnly | CloseOnExec | (waits ? 0 : NonBlocking));
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
