using VPythonTools.SpecLang.Documents;

namespace VPythonTools.Runner.Commands;

/// <summary>The files of a directory that hold specs: specs by name, and text files with a begin guard. What Git ignores is left out, and so are links.</summary>
internal static class SpecFiles
{
    private const int LargestScript = 16 << 20;

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <summary>The files, directory by directory, in the order of their names.</summary>
    public static IEnumerable<string> In(string directory) => In(new DirectoryInfo(directory), GitIgnore.For(directory));

    private static IEnumerable<string> In(DirectoryInfo directory, GitIgnore ignored)
    {
        GitIgnore here = ignored.With(directory.FullName);
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos("*", EveryEntry).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo { Name: ".git" } || here.Ignores(entry.FullName, entry is DirectoryInfo)) continue;
            if (entry is DirectoryInfo inner)
            {
                foreach (string file in In(inner, here)) yield return file;
            }
            else if (SpecDocument.KindOf(entry.Name) == DocumentKind.Spec || HoldsSpec((FileInfo)entry))
            {
                yield return entry.FullName;
            }
        }
    }

    private static bool HoldsSpec(FileInfo file)
    {
        if (file.Length is 0 or > LargestScript) return false;
        try
        {
            ReadOnlySpan<byte> bytes = File.ReadAllBytes(file.FullName);
            const int EnoughToTell = 8192;
            return !bytes[..Math.Min(bytes.Length, EnoughToTell)].Contains((byte)0) && bytes.IndexOf("[VPYTHON:BEGIN]"u8) >= 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
