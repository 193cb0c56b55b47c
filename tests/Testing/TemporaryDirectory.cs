using System.Diagnostics;

namespace VPythonTools.Testing;

/// <summary>A directory of a test's own, with links resolved in its path, which goes with the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private static readonly TimeSpan LongestRemoval = TimeSpan.FromSeconds(10);

    /// <summary>Makes the directory.</summary>
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("vpython-test-").FullName;

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The path of something in the directory.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, and the directories that it needs; gives its path.</summary>
    public string Write(string relativePath, string content)
    {
        string path = Combine(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Removes the directory and all in it, read-only entries included. A collector that a test has started may still make files in it: then again, until nothing is left.</summary>
    public void Dispose()
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Remove();
                return;
            }
            catch (IOException) when (since.Elapsed < LongestRemoval)
            {
                Thread.Sleep(10);
            }
        }
    }

    private void Remove()
    {
        if (!Directory.Exists(Path)) return;
        if (!OperatingSystem.IsWindows())
        {
            foreach (string directory in Directory.EnumerateDirectories(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
                File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Directory.Delete(Path, recursive: true);
    }
}
