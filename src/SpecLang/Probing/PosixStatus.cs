using System.Runtime.InteropServices;
using System.Text;

namespace VPythonTools.SpecLang.Probing;

/// <summary>
/// Tells the kind of a file by <c>stat(2)</c>. The kernel follows links itself, and only it can follow those of <c>/proc/self/fd</c>: the text of one that
/// stands for a pipe, <c>pipe:[4711]</c>, leads nowhere. It also needs no working directory, which may have been removed.
/// </summary>
internal static partial class PosixStatus
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int TypeOfFile = 0xF000;
    private const int Directory = 0x4000;
    private const int LongestPathOnStack = 512;

    private static int TooManyLinks => OperatingSystem.IsLinux() ? 40 : 62;

    /// <summary>What is at this path, links followed.</summary>
    public static FileKind GetKind(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return FileKind.Missing;
        int length = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        Span<byte> name = length <= LongestPathOnStack ? stackalloc byte[length] : new byte[length];
        name[Encoding.UTF8.GetBytes(path, name)] = 0;
        if (TryGetMode(name, out int mode)) return (mode & TypeOfFile) == Directory ? FileKind.Directory : FileKind.File;
        int error = Marshal.GetLastPInvokeError();
        if (error == TooManyLinks) return FileKind.LinkLoop;
        return error is AccessDenied or NotPermitted ? FileKind.Inaccessible : FileKind.Missing;
    }

    private static unsafe bool TryGetMode(ReadOnlySpan<byte> path, out int mode)
    {
        fixed (byte* name = path)
        {
            if (OperatingSystem.IsLinux())
            {
                // statx has one layout for every architecture, which stat has not.
                LinuxStatus status = default;
                bool isThere = statx(CurrentDirectory, name, 0, TypeOnly, &status) == 0;
                mode = status.Mode;
                return isThere;
            }
            else
            {
                MacOSStatus status = default;
                bool isThere = (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatX64(name, &status) : Stat(name, &status)) == 0;
                mode = status.Mode;
                return isThere;
            }
        }
    }

    private const int CurrentDirectory = -100;
    private const uint TypeOnly = 0x1;

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(28)] public ushort Mode;
    }

    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct MacOSStatus
    {
        [FieldOffset(4)] public ushort Mode;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int statx(int directory, byte* path, int flags, uint mask, LinuxStatus* status);

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Stat(byte* path, MacOSStatus* status);

    /// <summary>On x64, plain <c>stat</c> is the one of before 64-bit inode numbers, with another layout.</summary>
    [LibraryImport("libc", EntryPoint = "stat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int StatX64(byte* path, MacOSStatus* status);
}
