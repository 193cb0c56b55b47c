using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>
/// The paths that comments of a spec speak of: <c>//tools/x.py</c> from the root of the repository, others from the directory of the spec or one above it, up to that
/// root. The root is the nearest directory with a <c>.git</c>; what is outside it is never looked at.
/// </summary>
/// <param name="Files">The files.</param>
/// <param name="SpecPath">The path of the spec.</param>
internal readonly record struct RepositoryPaths(IFileSystem Files, string SpecPath)
{
    /// <summary>So that a path of nothing but slashes does not take for ever.</summary>
    private const int MostDirectories = 64;

    /// <summary>The root; null when the spec is in no repository.</summary>
    public string? FindRoot()
    {
        IFileSystem files = Files;
        return Directories().FirstOrDefault(directory => files.GetKind(Path.Join(directory, ".git")) is FileKind.File or FileKind.Directory);
    }

    /// <summary>What a path leads to; null when it leads to nothing.</summary>
    public string? Find(string path)
    {
        string relative = path.TrimStart('/');
        // A NUL is in no path, and asking for one is a fault of the caller to the library.
        if (relative.Length == 0 || relative.Contains('\0', StringComparison.Ordinal)) return null;
        string? root = FindRoot();
        foreach (string directory in path.StartsWith("//", StringComparison.Ordinal) && root is not null ? [root] : Directories())
        {
            string candidate = Path.GetFullPath(Path.Join(directory, relative));
            if (root is not null && !candidate.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            if (Files.GetKind(candidate) is FileKind.File or FileKind.Directory) return candidate;
            if (directory == root) break;
        }
        return null;
    }

    /// <summary>Whether a path, from the root or from the directory of the spec, leads to nothing although the directory is there that it should be in: what is in another repository is not looked for.</summary>
    public bool IsMissing(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || FindRoot() is not { } root || Path.GetDirectoryName(SpecPath) is not { } beside) return false;
        string full = Path.GetFullPath(Path.Join(path.StartsWith("//", StringComparison.Ordinal) ? root : beside, path.TrimStart('/')));
        return full.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && Files.GetKind(full) == FileKind.Missing && Path.GetDirectoryName(full) is { } directory && Files.GetKind(directory) == FileKind.Directory;
    }

    /// <summary>
    /// How a message names a file: from the root of the repository, or, outside of one, from the directory of the spec, so that it is the same in every checkout; with
    /// slashes. Where there is no way from the one to the other, the whole path.
    /// </summary>
    public string Show(string path)
    {
        if (!Path.IsPathRooted(path) || (FindRoot() ?? Path.GetDirectoryName(SpecPath)) is not { Length: > 0 } directory) return path;
        return Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/');
    }

    private IEnumerable<string> Directories()
    {
        int count = 0;
        for (string? directory = Path.GetDirectoryName(SpecPath); directory is not null && count < MostDirectories; directory = Path.GetDirectoryName(directory), count++) yield return directory;
    }
}
