namespace VPythonTools.Lsp.Workspace;

/// <summary>From the addresses of the protocol to paths and back. Editors write the same address in several ways (<c>file:///c%3A/x</c>, <c>file:///C:/x</c>); a path has one.</summary>
internal static class DocumentUri
{
    private const string FileScheme = "file://";

    /// <summary>
    /// The path of a document. What is not a file has its address as path: it is never looked for on the disk, and its name still says what kind of document it is.
    /// </summary>
    public static string ToPath(string uri)
    {
        if (!uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed)) return uri;
        string path = Uri.UnescapeDataString(parsed.AbsolutePath);
        // A path with a NUL is the path of nothing.
        if (path.Contains('\0', StringComparison.Ordinal)) return uri;
        if (!OperatingSystem.IsWindows()) return path;
        string local = (parsed.Host.Length > 0 ? $"//{parsed.Host}{path}" : path.TrimStart('/')).Replace('/', '\\');
        return local.Length > 1 && local[1] == ':' ? char.ToUpperInvariant(local[0]) + local[1..] : local;
    }

    /// <summary>The address of a path.</summary>
    public static string FromPath(string path)
    {
        if (!Path.IsPathRooted(path)) return path;
        string unixPath = path.Replace(Path.DirectorySeparatorChar, '/');
        if (OperatingSystem.IsWindows() && unixPath.StartsWith("//", StringComparison.Ordinal)) return "file:" + Escape(unixPath);
        return FileScheme + (unixPath.StartsWith('/') ? "" : "/") + Escape(unixPath);
    }

    /// <summary>Whether an address is that of a file.</summary>
    public static bool IsFile(string uri) => Path.IsPathFullyQualified(ToPath(uri));

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
