using System.Runtime.InteropServices;
using System.Text;

namespace VPythonTools.Runner.Files;

/// <summary>
/// Tells whether a file is still the one that was seen before: its identity on the disk, size and time of last change. Links are followed, so
/// that a link that now leads elsewhere is noticed. All zero for a path that leads nowhere.
/// </summary>
/// <param name="Device">The file system; 0 on Windows.</param>
/// <param name="Inode">The file's number there; 0 on Windows.</param>
/// <param name="Size">Bytes; for a directory whatever its file system says.</param>
/// <param name="ModifiedNanoseconds">Last change, in nanoseconds since 1970 (100 ns resolution on Windows).</param>
public readonly partial record struct FileFingerprint(ulong Device, ulong Inode, long Size, long ModifiedNanoseconds)
{
    /// <summary>The fingerprint of what a path leads to.</summary>
    public static FileFingerprint Of(string path)
    {
        if (OperatingSystem.IsLinux()) return OfLinux(path);
        if (OperatingSystem.IsMacOS()) return OfMacOS(path);
        var file = new FileInfo(path);
        if (file.Exists) return new(0, 0, file.Length, (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100);
        var directory = new DirectoryInfo(path);
        return directory.Exists ? new(0, 0, 0, (directory.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100) : default;
    }

    /// <summary>The fingerprint of an open file, on Linux; all zero where the descriptor is none.</summary>
    internal static unsafe FileFingerprint OfOpenOnLinux(int descriptor)
    {
        byte empty = 0;
        return OfLinux(descriptor, &empty, DescriptorItself);
    }

    /// <summary>Whether two paths lead to one file; false where either leads nowhere, or on Windows.</summary>
    public bool IsSameFileAs(FileFingerprint other) => Inode != 0 && Inode == other.Inode && Device == other.Device;

    private static unsafe FileFingerprint OfLinux(string path)
    {
        fixed (byte* name = NullTerminated(path)) return OfLinux(CurrentDirectory, name, flags: 0);
    }

    private static unsafe FileFingerprint OfLinux(int directory, byte* name, int flags)
    {
        // statx has one layout for every architecture, which stat has not.
        LinuxStatus status;
        if (statx(directory, name, flags, BasicStatistics, &status) != 0) return default;
        return new(
            ((ulong)status.DeviceMajor << 32) | status.DeviceMinor,
            status.Inode,
            (long)status.Size,
            (status.ModifiedSeconds * 1_000_000_000) + status.ModifiedNanoseconds);
    }

    private static unsafe FileFingerprint OfMacOS(string path)
    {
        MacOSStatus status;
        fixed (byte* name = NullTerminated(path))
        {
            if (stat(name, &status) != 0) return default;
        }
        return new((ulong)status.Device, status.Inode, status.Size, (status.ModifiedSeconds * 1_000_000_000) + status.ModifiedNanoseconds);
    }

    private static byte[] NullTerminated(string path)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return bytes;
    }

    private const int CurrentDirectory = -100;
    private const int DescriptorItself = 0x1000;
    private const uint BasicStatistics = 0x7FF;

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStatus
    {
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct MacOSStatus
    {
        [FieldOffset(0)] public int Device;
        [FieldOffset(8)] public ulong Inode;
        [FieldOffset(48)] public long ModifiedSeconds;
        [FieldOffset(56)] public long ModifiedNanoseconds;
        [FieldOffset(96)] public long Size;
    }

    [LibraryImport("libc")]
    private static unsafe partial int statx(int directory, byte* path, int flags, uint mask, LinuxStatus* status);

    [LibraryImport("libc")]
    private static unsafe partial int stat(byte* path, MacOSStatus* status);
}
