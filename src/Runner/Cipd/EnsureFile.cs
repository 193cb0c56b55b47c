using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>A file that tells CIPD's own client which packages are wanted where, in its canonical order.</summary>
/// <param name="ServiceUrl">The service; null leaves it to the client.</param>
/// <param name="VerifiedPlatforms">The platforms for which the client verifies it.</param>
/// <param name="Packages">The packages of each subdirectory.</param>
public sealed record EnsureFile(
    string? ServiceUrl, ImmutableArray<string> VerifiedPlatforms, ImmutableArray<(string Subdirectory, ImmutableArray<(PackageName Name, CipdVersion Version)> Packages)> Packages)
{
    /// <summary>The file. Lines end in LF; settings come first, then the subdirectories by name, the packages of each by name.</summary>
    public override string ToString()
    {
        var groups = new List<string>();
        if (ServiceUrl is not null) groups.Add($"$ServiceURL {ServiceUrl}\n");
        if (!VerifiedPlatforms.IsEmpty) groups.Add(string.Concat(VerifiedPlatforms.Select(platform => $"$VerifiedPlatform {platform}\n")));
        groups.AddRange(Packages.Where(group => !group.Packages.IsEmpty).OrderBy(group => group.Subdirectory, StringComparer.Ordinal).Select(Write));
        return string.Join('\n', groups);
    }

    private static string Write((string Subdirectory, ImmutableArray<(PackageName Name, CipdVersion Version)> Packages) group)
    {
        int width = group.Packages.Max(package => package.Name.Value.Length) + 1;
        var text = new StringBuilder();
        if (group.Subdirectory.Length > 0) text.Append("@Subdir ").Append(group.Subdirectory).Append('\n');
        foreach ((PackageName name, CipdVersion version) in group.Packages.OrderBy(package => package.Name)) text.Append(name.Value.PadRight(width)).Append(version).Append('\n');
        return text.ToString();
    }
}
