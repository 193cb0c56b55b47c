namespace VPythonTools.SpecLang.Search;

/// <summary>
/// The file of patterns that a user has for all repositories: <c>core.excludesFile</c> of Git's configuration, else <c>git/ignore</c> where configuration is
/// (<c>$XDG_CONFIG_HOME</c>, <c>~/.config</c>). Configuration is read as far as that takes: no includes, no conditions, nothing of the system's.
/// </summary>
internal static class GitExcludesFile
{
    /// <summary>Longer files are not read: nobody writes one.</summary>
    private const int LargestConfiguration = 1 << 20;

    /// <summary>The path of the file, which need not exist; null when there is no place for one.</summary>
    /// <param name="root">The root of the repository.</param>
    public static string? Find(string root)
    {
        string? home = NonEmpty("HOME") ?? NonEmpty("USERPROFILE");
        string? configuration = NonEmpty("XDG_CONFIG_HOME") ?? (home is null ? null : Path.Combine(home, ".config"));
        string?[] files = NonEmpty("GIT_CONFIG_GLOBAL") is { } global
            ? [global]
            : [configuration is null ? null : Path.Combine(configuration, "git", "config"), home is null ? null : Path.Combine(home, ".gitconfig")];
        string? path = null;
        // What is read later wins.
        foreach (string file in files.Append(Path.Combine(root, ".git", "config")).OfType<string>()) path = ReadSetting(file) ?? path;
        if (path is null) return configuration is null ? null : Path.Combine(configuration, "git", "ignore");
        if (path.StartsWith("~/", StringComparison.Ordinal)) return home is null ? null : Path.Combine(home, path[2..]);
        return Path.GetFullPath(path, root);
    }

    private static string? ReadSetting(string file)
    {
        string? value = null;
        try
        {
            if (new FileInfo(file) is not { Exists: true, Length: > 0 and <= LargestConfiguration }) return null;
            bool isInCore = false;
            foreach (string written in File.ReadLines(file))
            {
                string line = written.Trim();
                if (line.StartsWith('[')) isInCore = line.StartsWith("[core]", StringComparison.OrdinalIgnoreCase);
                int sign = line.IndexOf('=', StringComparison.Ordinal);
                if (isInCore && sign > 0 && line[..sign].Trim().Equals("excludesFile", StringComparison.OrdinalIgnoreCase)) value = ReadValue(line[(sign + 1)..]);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>A value without a comment behind it, and without its quotes.</summary>
    private static string ReadValue(string text)
    {
        string value = text.Trim();
        if (value.StartsWith('"')) return value[1..].Split('"', 2)[0].Replace("\\\\", "\\", StringComparison.Ordinal);
        int comment = value.AsSpan().IndexOfAny('#', ';');
        return (comment < 0 ? value : value[..comment]).TrimEnd();
    }

    private static string? NonEmpty(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
