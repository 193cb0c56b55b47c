using System.Collections.Immutable;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Which modules a wheel brings that a script can import: the topmost ones, and where a directory without <c>__init__.py</c> is a namespace that others share,
/// those in it: <c>google.protobuf</c>.
/// </summary>
internal static class WheelModules
{
    private const int MaximumModules = 1000;
    private const string PackageFile = "__init__";

    /// <summary>The modules, sorted; none when there are so many that the wheel is no ordinary one.</summary>
    public static ImmutableArray<string> Of(WheelArchive wheel)
    {
        HashSet<string> declared = [.. wheel.ReadNamespacePackages()];
        return Of(wheel.Members.Select(member => member.Name), wheel.DistInfo, declared);
    }

    /// <summary>The modules of files.</summary>
    /// <param name="files">The paths in the wheel.</param>
    /// <param name="distInfo">The directory of metadata, whose neighbour is that of data.</param>
    /// <param name="namespaces">Packages that older wheels declare to be shared although they have an <c>__init__.py</c>.</param>
    internal static ImmutableArray<string> Of(IEnumerable<string> files, string distInfo, IReadOnlySet<string> namespaces)
    {
        string data = distInfo[..^".dist-info".Length] + ".data/";
        (string Directory, string Stem)[] modules = [.. files.Select(file => Strip(file, data)).OfType<string>().Select(Split).OfType<(string, string)>()];
        HashSet<string> packages =
        [
            .. from module in modules
               where module.Stem == PackageFile && module.Directory.Length > 0 && !namespaces.Contains(module.Directory.Replace('/', '.'))
               select module.Directory,
        ];
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((string directory, string stem) in modules)
        {
            if (Topmost(directory, packages) is { } package) names.Add(package.Replace('/', '.'));
            else if (stem != PackageFile) names.Add((directory.Length > 0 ? directory.Replace('/', '.') + "." : "") + stem);
            if (names.Count > MaximumModules) return [];
        }
        return [.. names];
    }

    /// <summary>The path from where Python looks for modules; null for files that are put elsewhere.</summary>
    private static string? Strip(string file, string data)
    {
        if (!file.StartsWith(data, StringComparison.Ordinal)) return file;
        string inside = file[data.Length..];
        int slash = inside.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && inside[..slash] is "purelib" or "platlib" ? inside[(slash + 1)..] : null;
    }

    /// <summary>Directory and name of a module's file, <c>x.py</c> or <c>x.cpython-311-x86_64-linux-gnu.so</c>; null for others and for what cannot be imported.</summary>
    private static (string Directory, string Stem)? Split(string file)
    {
        int slash = file.LastIndexOf('/');
        string directory = slash < 0 ? "" : file[..slash];
        string name = file[(slash + 1)..];
        bool isModule = name.EndsWith(".py", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal) || name.EndsWith(".pyd", StringComparison.Ordinal);
        string stem = name.Split('.')[0];
        bool hasName = isModule && IsIdentifier(stem) && (directory.Length == 0 || directory.Split('/').All(IsIdentifier));
        return hasName && directory.Count('/') < 32 ? (directory, stem) : null;
    }

    private static string? Topmost(string directory, HashSet<string> packages)
    {
        for (int end = directory.IndexOf('/', StringComparison.Ordinal); end >= 0; end = directory.IndexOf('/', end + 1))
        {
            if (packages.Contains(directory[..end])) return directory[..end];
        }
        return packages.Contains(directory) ? directory : null;
    }

    private static bool IsIdentifier(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c == '_');
}
