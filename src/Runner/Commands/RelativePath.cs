namespace VPythonTools.Runner.Commands;

/// <summary>Paths as findings show them and services know them: from the root of the repository, or from the working directory.</summary>
internal static class RelativePath
{
    /// <summary>The root of the repository that a directory is in; the directory itself when it is in none.</summary>
    public static string RootOf(string directory)
    {
        for (string? current = directory; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, ".git"))) return current;
        }
        return directory;
    }

    /// <summary>A path from a directory on, with <c>/</c> between names; absolute when it does not lie in it.</summary>
    public static string Of(string directory, string path)
    {
        string relative = Path.GetRelativePath(directory, path);
        bool isOutside = relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative);
        return (isOutside ? path : relative).Replace(Path.DirectorySeparatorChar, '/');
    }
}
