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

    /// <summary>
    /// Gives a file another content. Its mode and, where the caller may, its owner stay; where the path is a link, the file that it leads to is replaced, not the link.
    /// Other names of the same file (hard links) keep the old content.
    /// </summary>
    /// <exception cref="IOException">The content cannot be written, or nobody may write the file; it is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        // Renaming asks only for the directory; who made the file read-only meant the file.
        if ((File.GetAttributes(target) & FileAttributes.ReadOnly) != 0) throw new IOException($"'{path}' is read-only.");
        // A name of its own: one made of the file's could be longer than names can be.
        string aside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(target))!, $".vpython3.{Guid.NewGuid():N}");
        try
        {
            using (FileStream stream = File.Create(aside))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows())
            {
                FileOwner.Copy(target, aside);
                // Behind the change of owner, which clears the bits for running as somebody else.
                File.SetUnixFileMode(aside, File.GetUnixFileMode(target));
            }
            File.Move(aside, target, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
