using System.Runtime.InteropServices;
using System.Text;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Configuration;

namespace VPythonTools.Runner.Files;

/// <summary>
/// A directory in a place where anybody can make one, such as the system's temporary directory. It is used only when it belongs to this user alone: in
/// one that somebody else made beforehand, the environments would be theirs.
/// </summary>
internal static unsafe partial class PrivateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int TypeMask = 0xF000;
    private const int DirectoryType = 0x4000;
    private const int OthersMayWrite = 0b000_010_010;

    /// <summary>Makes the directory, or makes sure that it is a directory of this user that nobody else may write to; null when it is.</summary>
    public static Failure? Ensure(string path)
    {
        if (OperatingSystem.IsWindows()) return null; // The temporary directory is the user's own there.
        try
        {
            if (!Path.Exists(path)) Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("VPY3023", $"the environment root '{path}' cannot be made: {MissingDirectory.Explain(path) ?? AtomicFile.Reason(exception)}")
            {
                NextStep = "set HOME, correct the variable that names the temporary directory, or name another root with -vpython-root or VPYTHON_VIRTUALENV_ROOT",
            };
        }
        if (!TryGetStatus(path, out uint owner, out int mode)) return Refuse(path, "it cannot be looked at");
        if ((mode & TypeMask) != DirectoryType) return Refuse(path, "it is not a directory");
        if (owner != UserId.Number) return Refuse(path, "it belongs to another user");
        return (mode & OthersMayWrite) != 0 ? Refuse(path, "others may write to it") : null;
    }

    private static Failure Refuse(string path, string reason) =>
        new("VPY3023", $"the environment root '{path}' is in a directory that everybody shares, and is not safe to use: {reason}")
        {
            NextStep = "remove it, or name another directory with -vpython-root or VPYTHON_VIRTUALENV_ROOT",
        };

    /// <summary>Owner and mode of what is at the path itself: a link is not followed.</summary>
    private static bool TryGetStatus(string path, out uint owner, out int mode)
    {
        // statx on Linux and stat on macOS; both layouts are the same for every architecture.
        byte* status = stackalloc byte[256];
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        fixed (byte* pointer = name)
        {
            bool isLinux = OperatingSystem.IsLinux();
            bool known = isLinux
                ? statx(CurrentDirectory, pointer, DoNotFollow, BasicStatistics, status) == 0
                : lstat(pointer, status) == 0;
            owner = *(uint*)(status + (isLinux ? 20 : 16));
            mode = *(ushort*)(status + (isLinux ? 28 : 4));
            return known;
        }
    }

    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicStatistics = 0x7FF;

    [LibraryImport("libc")]
    private static partial int statx(int directory, byte* path, int flags, uint mask, byte* status);

    [LibraryImport("libc")]
    private static partial int lstat(byte* path, byte* status);
}
