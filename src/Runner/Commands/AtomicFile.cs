namespace VPythonTools.Runner.Commands;

/// <summary>Replaces files so that no reader ever sees half of one.</summary>
internal static class AtomicFile
{
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
