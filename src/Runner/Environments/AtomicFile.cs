namespace VPythonTools.Runner.Environments;

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
}
