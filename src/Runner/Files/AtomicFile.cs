namespace VPythonTools.Runner.Files;

/// <summary>Files that are either there and whole, or as they were.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file aside and renames it into place; its directory is made when it is missing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        string aside = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(aside, content);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Gives a file another content. Its mode stays; where the path is a link, the file that it leads to is replaced, not the link.</summary>
    /// <exception cref="IOException">The content cannot be written, and the file is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        string aside = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = File.Create(aside))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(aside, File.GetUnixFileMode(target));
            File.Move(aside, target, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
