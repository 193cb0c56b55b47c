namespace VPythonTools.SpecLang.Probing;

/// <summary>
/// All that the language asks of a file system. The disk, an editor's unsaved buffers and a test's dictionary are the same to it. No method
/// throws for what a path may be; what cannot be seen is <see cref="FileKind.Inaccessible"/>.
/// </summary>
public interface IFileSystem
{
    /// <summary>What is at this path, links followed.</summary>
    FileKind GetKind(string path);

    /// <summary>The bytes of a file; null when they cannot be read, with the cause in <paramref name="error"/>.</summary>
    byte[]? TryReadFile(string path, out string? error);

    /// <summary>
    /// The bytes of a file that can be read a second time; null when they cannot be read, with the cause in <paramref name="error"/>, and null
    /// without a cause for a pipe or device: a script that comes through one can be read only once, by Python.
    /// </summary>
    byte[]? TryReadRepeatableFile(string path, out string? error);

    /// <summary>
    /// The path with every symbolic link resolved; null when it does not exist or its links form a loop. On Windows, where Python does not look behind
    /// the links in a script's path either, an existing path comes back as it is.
    /// </summary>
    string? ResolveLinks(string path);

    /// <summary>The names of what is in a directory, in no order; none when it is no directory or may not be listed.</summary>
    IEnumerable<string> GetNames(string directory);
}
