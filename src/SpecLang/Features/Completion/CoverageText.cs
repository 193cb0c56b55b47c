using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>For which of some platforms there is a build, in a few words.</summary>
internal static class CoverageText
{
    private const int MostNames = 3;

    /// <summary><c>all platforms</c>, <c>not on mac-arm64</c>, <c>only on windows-x64</c>, or that nobody knows.</summary>
    public static string Of(BuildAvailability availability, ImmutableArray<SupportedPlatform> platforms)
    {
        if (!availability.IsKnown) return "platforms unknown";
        if (availability.IsUniversal) return "all platforms";
        SupportedPlatform[] missing = [.. platforms.Where(platform => availability.Covers(platform) == false)];
        if (missing.Length == 0) return "all platforms";
        if (missing.Length == platforms.Length) return platforms.Length == 1 ? $"not on {platforms[0]}" : "on none of the platforms";
        return 2 * missing.Length <= platforms.Length
            ? $"not on {Names(missing, platforms)}"
            : $"only on {Names([.. platforms.Except(missing)], platforms)}";
    }

    /// <summary>Platforms by name; a machine without its Python where all of its Pythons are among them.</summary>
    private static string Names(SupportedPlatform[] named, ImmutableArray<SupportedPlatform> all)
    {
        string[] names =
        [
            .. named.GroupBy(static platform => platform.Definition.Name)
                .SelectMany(group => group.Count() == all.Count(platform => platform.Definition.Name == group.Key) ? [group.Key] : group.Select(static platform => platform.Name)),
        ];
        return string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
    }
}
