using System.Runtime.InteropServices;
using System.Text;

namespace VPythonTools.Runner.Files;

/// <summary>Who owns a file, on POSIX.</summary>
internal static unsafe partial class FileOwner
{
    private const int CurrentDirectory = -100;
    private const uint BasicStatistics = 0x7FF;

    /// <summary>Gives a file the owner and group of another, as far as the caller may: only the superuser can give files away.</summary>
    public static void Copy(string from, string to)
    {
        byte* status = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(from + '\0'))
        {
            // statx has one layout for every architecture, which stat has not.
            bool isKnown = OperatingSystem.IsLinux() ? statx(CurrentDirectory, name, 0, BasicStatistics, status) == 0 : stat(name, status) == 0;
            if (!isKnown) return;
        }
        (int ownerAt, int groupAt) = OperatingSystem.IsLinux() ? (20, 24) : (16, 20);
        fixed (byte* name = Encoding.UTF8.GetBytes(to + '\0')) _ = chown(name, *(uint*)(status + ownerAt), *(uint*)(status + groupAt));
    }

    [LibraryImport("libc")]
    private static partial int statx(int directory, byte* path, int flags, uint mask, byte* status);

    [LibraryImport("libc")]
    private static partial int stat(byte* path, byte* status);

    [LibraryImport("libc")]
    private static partial int chown(byte* path, uint owner, uint group);
}
