namespace VPythonTools.Runner.Files;

/// <summary>Why a directory that should be made is not there afterwards: the system only says that something on the way is missing.</summary>
internal static class MissingDirectory
{
    /// <summary>What stands in the way, as the end of a sentence; null when the directory is there.</summary>
    /// <param name="path">The absolute path of the directory that could not be made.</param>
    public static string? Explain(string path)
    {
        if (Directory.Exists(path)) return null;
        string? above = path;
        while (above is not null && !Path.Exists(above) && new FileInfo(above).LinkTarget is null) above = Path.GetDirectoryName(above);
        if (above is null) return null;
        if (Directory.Exists(above)) return $"no directory can be made in '{above}'";
        return new FileInfo(above).LinkTarget is { } target && !Path.Exists(above)
            ? $"'{above}' is a link to '{target}', which does not exist"
            : $"'{above}' is a file, where a directory should be";
    }
}
