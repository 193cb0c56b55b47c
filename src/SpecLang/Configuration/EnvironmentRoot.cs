namespace VPythonTools.SpecLang.Configuration;

/// <summary>The directory that environments and what is known of packages are kept in. Nothing is made here.</summary>
/// <param name="Path">An absolute path.</param>
/// <param name="IsInSharedDirectory">Whether it is in the temporary directory, where anybody can make it first.</param>
public readonly record struct EnvironmentRoot(string Path, bool IsInSharedDirectory)
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "VPYTHON_VIRTUALENV_ROOT";

    /// <summary>
    /// The root that applies: the one that is asked for, else the one that <see cref="Variable"/> names (in both, set but empty means the temporary directory), else
    /// <c>vpython-root.UID</c> in the user's cache directory, else in the temporary directory.
    /// </summary>
    /// <param name="asked">What a flag or setting names; null when none does.</param>
    /// <param name="valueOf">The value of an environment variable; null when it is not set.</param>
    /// <param name="isPath">Whether a value can be the path of a file: not with bytes that are no text.</param>
    /// <param name="workingDirectory">What relative paths are relative to.</param>
    public static EnvironmentRoot Choose(string? asked, Func<string, string?> valueOf, Func<string, bool> isPath, string workingDirectory)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        string? AbsoluteOf(string name) => valueOf(name) is { Length: > 0 } value && System.IO.Path.IsPathFullyQualified(value) && isPath(value) ? value : null;

        asked ??= valueOf(Variable);
        if (asked is { Length: > 0 }) return new(System.IO.Path.GetFullPath(asked, workingDirectory), IsInSharedDirectory: false);
        if (asked is null && UserCache(AbsoluteOf) is { } cache) return new(System.IO.Path.Combine(cache, "vpython-root." + UserId.Text), IsInSharedDirectory: false);
        string temporary = OperatingSystem.IsWindows() ? System.IO.Path.GetTempPath() : AbsoluteOf("TMPDIR") ?? "/tmp";
        return new(System.IO.Path.Combine(temporary, "vpython-root_" + UserId.Text), IsInSharedDirectory: true);
    }

    private static string? UserCache(Func<string, string?> absoluteOf)
    {
        if (OperatingSystem.IsWindows()) return absoluteOf("LocalAppData");
        if (OperatingSystem.IsMacOS()) return absoluteOf("HOME") is { } home ? System.IO.Path.Combine(home, "Library", "Caches") : null;
        if (absoluteOf("XDG_CACHE_HOME") is { } cache) return cache;
        return absoluteOf("HOME") is { } userHome ? System.IO.Path.Combine(userHome, ".cache") : null;
    }
}
