namespace VPythonTools.Runner.Files;

/// <summary>Files that are either there and whole, or as they were.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file aside and renames it into place; its directory is made when it is missing.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory);
        byte[] bytes = content.ToArray();
        Make(directory, aside =>
        {
            File.WriteAllBytes(aside, bytes);
            return path;
        });
    }

    /// <summary>Makes a file aside, by way of a name of its own in a directory that is there, and renames it to the path that the maker gives; where that is null, nothing is left.</summary>
    /// <param name="directory">The directory of both.</param>
    /// <param name="make">Writes the file, and says where it belongs.</param>
    public static void Make(string directory, Func<string, string?> make)
    {
        string aside = Path.Combine(directory, $".vpython3.{Guid.NewGuid():N}");
        try
        {
            if (make(aside) is { } path) File.Move(aside, path, overwrite: true);
        }
        finally
        {
            // It is not there any more where it was renamed, nor where its directory is missing.
            if (File.Exists(aside)) File.Delete(aside);
        }
    }

    /// <summary>Why something could not be written, as the end of a sentence. The name of the file aside says nothing to anybody, and makes of one full disk as many errors as there are files.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "its directory does not exist",
        _ => exception.Message.Split(" : '")[0],
    };

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
