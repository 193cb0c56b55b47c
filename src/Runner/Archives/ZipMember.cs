namespace VPythonTools.Runner.Archives;

/// <summary>A file in a zip archive, as the central directory describes it.</summary>
/// <param name="Name">A relative path with <c>/</c>, in canonical form (<see cref="MemberPath"/>).</param>
/// <param name="Size">Bytes when unpacked.</param>
/// <param name="CompressedSize">Bytes in the archive.</param>
/// <param name="Crc32">The check sum of the unpacked bytes.</param>
/// <param name="IsStored">Whether the bytes are in the archive as they are; else they are deflated.</param>
/// <param name="UnixMode">The mode of the file as <c>st_mode</c> gives it; 0 when the archive has none.</param>
public sealed record ZipMember(string Name, long Size, long CompressedSize, uint Crc32, bool IsStored, int UnixMode)
{
    private const int FileTypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int ExecuteBits = 0x49;

    /// <summary>Whether it is an executable file: some execute bit of a regular file, which is what pip looks at too.</summary>
    public bool IsExecutable => (UnixMode & FileTypeMask) == RegularFile && (UnixMode & ExecuteBits) != 0;

    /// <summary>Whether it is a symbolic link, a device or anything else that is not a plain file.</summary>
    internal bool IsSpecial => (UnixMode & FileTypeMask) is not (0 or RegularFile);

    /// <summary>Where the local header starts.</summary>
    internal long HeaderOffset { get; init; }

    /// <summary>Where the next member or the central directory starts: nothing of this member lies behind it.</summary>
    internal long EndLimit { get; init; }
}
