namespace VPythonTools.Runner.Files;

/// <summary>Removes trees of files, read-only ones too: what was unpacked, or what a script made, may not be writable even for its owner.</summary>
internal static class DirectoryTree
{
    private const UnixFileMode OwnersAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>Removes what is at a path, a directory with all below; links are removed and not followed. Why something stays; null when nothing does.</summary>
    public static string? Remove(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is not null || File.Exists(path)) File.Delete(path);
            else if (Directory.Exists(path)) RemoveDirectory(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static void RemoveDirectory(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            GrantWriting(path);
            Directory.Delete(path, recursive: true);
        }
    }

    private static void GrantWriting(string directory)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | OwnersAll);
        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything))
        {
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint)) continue;
            if (entry is DirectoryInfo inner) GrantWriting(inner.FullName);
            else if (OperatingSystem.IsWindows()) entry.Attributes &= ~FileAttributes.ReadOnly;
        }
    }
}
