using System.Runtime.InteropServices;
using System.Text;

namespace VPythonTools.Runner.Files;

/// <summary>What a directory entry occupies on its disk. Links are not followed.</summary>
/// <param name="Device">The file system; 0 on Windows.</param>
/// <param name="Inode">The file's number there; 0 on Windows.</param>
/// <param name="Links">How many names the file has; 1 on Windows.</param>
/// <param name="Bytes">The blocks that the system has set aside, in bytes; on Windows the length. Blocks that clones of a file share are counted for each of them.</param>
public readonly partial record struct FileAllocation(ulong Device, ulong Inode, long Links, long Bytes)
{
    /// <summary>The unit that POSIX counts blocks in, whatever the file system's own is.</summary>
    private const int BlockBytes = 512;

    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicStatistics = 0x7FF;

    /// <summary>What the entry at a path occupies; null when there is none.</summary>
    public static unsafe FileAllocation? Of(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows()) return entry.Exists ? new(0, 0, 1, entry is FileInfo file ? file.Length : 0) : null;
        byte[] name = [.. Encoding.UTF8.GetBytes(entry.FullName), 0];
        fixed (byte* path = name)
        {
            if (OperatingSystem.IsLinux())
            {
                LinuxStatus status;
                if (statx(CurrentDirectory, path, DoNotFollow, BasicStatistics, &status) != 0) return null;
                return new(((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode, status.Links, (long)status.Blocks * BlockBytes);
            }
            MacOSStatus other;
            if (lstat(path, &other) != 0) return null;
            return new((ulong)other.Device, other.Inode, other.Links, other.Blocks * BlockBytes);
        }
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(48)] public ulong Blocks;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct MacOSStatus
    {
        [FieldOffset(0)] public int Device;
        [FieldOffset(6)] public ushort Links;
        [FieldOffset(8)] public ulong Inode;
        [FieldOffset(104)] public long Blocks;
    }

    [LibraryImport("libc")]
    private static unsafe partial int statx(int directory, byte* path, int flags, uint mask, LinuxStatus* status);

    [LibraryImport("libc")]
    private static unsafe partial int lstat(byte* path, MacOSStatus* status);
}
