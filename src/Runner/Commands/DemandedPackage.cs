using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Commands;

/// <summary>A package that specs need, and who needs it.</summary>
/// <param name="name">The name after expansion.</param>
/// <param name="version">The version.</param>
internal sealed class DemandedPackage(PackageName name, CipdVersion version)
{
    private readonly SortedSet<string> _platforms = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Version)> _places = [];

    /// <summary>The name after expansion.</summary>
    public PackageName Name { get; } = name;

    /// <summary>The version.</summary>
    public CipdVersion Version { get; } = version;

    /// <summary>The platforms on which it is needed, by name.</summary>
    public IReadOnlyCollection<string> Platforms => _platforms;

    /// <summary>The places that ask for it: of its name and of its version, each as <c>path:line:column</c>.</summary>
    public IReadOnlyList<(string Name, string Version)> Places => _places;

    /// <summary>Adds somebody who needs it.</summary>
    public void Add(string platform, string namePlace, string versionPlace)
    {
        _platforms.Add(platform);
        if (!_places.Contains((namePlace, versionPlace))) _places.Add((namePlace, versionPlace));
    }
}
