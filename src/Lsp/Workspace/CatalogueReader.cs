using VPythonTools.SpecLang.Configuration;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.Lsp.Workspace;

/// <summary>Which catalogue applies: the one that is configured, else the one that <c>vpython3</c> would use. The network is never asked.</summary>
internal static class CatalogueReader
{
    /// <summary>Where the catalogue is, or would be.</summary>
    /// <param name="configured">The path that is configured.</param>
    /// <param name="folder">What a relative path is relative to; null where there is no directory.</param>
    public static CatalogueLocation Locate(string? configured, string? folder)
    {
        string directory = folder ?? Environment.CurrentDirectory;
        var root = EnvironmentRoot.Choose(null, Environment.GetEnvironmentVariable, static _ => true, directory);
        return CatalogueLocation.Choose(configured ?? Environment.GetEnvironmentVariable(CatalogueLocation.Variable), root.Path, directory);
    }

    /// <summary>Reads it. Where it cannot be used, the one built in is used instead, and the problem is told.</summary>
    public static PackageCatalogue Read(CatalogueLocation location, out string? problem)
    {
        problem = null;
        byte[]? bytes = null;
        if (PhysicalFileSystem.Instance.GetKind(location.Path) != FileKind.Missing)
        {
            if (IsTooLong(location.Path)) problem = $"the catalogue '{location.Path}' has more than {PackageCatalogue.MaximumLength} bytes";
            else if ((bytes = PhysicalFileSystem.Instance.TryReadRepeatableFile(location.Path, out string? error)) is null) problem = $"the catalogue '{location.Path}' cannot be read: {error ?? "it is no regular file"}";
        }
        if (problem is null && location.TryOpen(bytes is null ? (ReadOnlyMemory<byte>?)null : bytes, out PackageCatalogue? catalogue, out problem)) return catalogue;
        problem += "; the built-in one is used instead";
        return PackageCatalogue.BuiltIn;
    }

    private static bool IsTooLong(string path)
    {
        try
        {
            return new FileInfo(path).Length > PackageCatalogue.MaximumLength;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
