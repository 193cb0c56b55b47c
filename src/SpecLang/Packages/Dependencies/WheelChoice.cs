using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Packages.Dependencies;

/// <summary>The wheel of a distribution that suits a set of platforms best, of those that the catalogue knows.</summary>
/// <param name="Package">The package.</param>
/// <param name="Version">The version.</param>
/// <param name="Uncovered">The platforms, of those asked for, that are known to have no build.</param>
public sealed record WheelChoice(CataloguePackage Package, CatalogueVersion Version, ImmutableArray<SupportedPlatform> Uncovered)
{
    /// <summary>
    /// Chooses a wheel: one that all the needs admit whose bounds are known for certain, for as many of the platforms as possible, then what the uncertain ones admit,
    /// a release before a pre-release, builds that are known before others, and the newest.
    /// </summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="platforms">The platforms that are to get it.</param>
    /// <param name="needs">What is needed of it.</param>
    /// <returns>Null when there is none.</returns>
    public static WheelChoice? Find(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms, params IReadOnlyCollection<WheelNeed> needs)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        return distribution.Packages
            .Where(package => IsFor(package.ParsedName, platforms))
            .SelectMany(package => package.Versions.Select(version => new WheelChoice(package, version, Without(version, platforms))))
            .Where(choice => choice.Version.Version.PythonVersion is not null && (platforms.IsEmpty || choice.Uncovered.Length < platforms.Length))
            .Where(choice => needs.All(need => !need.Knowledge.IsExact || need.Admits(choice.Version.Version)))
            .Where(choice => AdmitsPythons(distribution, choice.Version.Version, platforms))
            .OrderBy(choice => choice.Uncovered.Length)
            .ThenByDescending(choice => needs.Count(need => need.Admits(choice.Version.Version)))
            .ThenBy(choice => choice.Version.Version.PythonVersion!.IsPreRelease)
            .ThenByDescending(choice => choice.Version.Availability.IsKnown)
            .ThenByDescending(choice => choice.Version.Version)
            .ThenByDescending(choice => choice.Package.Uses)
            .FirstOrDefault();
    }

    private static ImmutableArray<SupportedPlatform> Without(CatalogueVersion version, ImmutableArray<SupportedPlatform> platforms) =>
        [.. platforms.Where(platform => version.Availability.Covers(platform) == false)];

    /// <summary>A name with a platform written out is right for that one alone, and nothing to propose.</summary>
    private static bool IsFor(WheelPackageName name, ImmutableArray<SupportedPlatform> platforms) => name.Form switch
    {
        WheelPackageForm.Python2 => platforms.All(static platform => platform.Python.Major == 2),
        WheelPackageForm.Python3 => platforms.All(static platform => platform.Python.Major == 3),
        WheelPackageForm.Platform => name.PlatformPart == WheelPackageName.PlatformTemplate,
        _ => true,
    };

    private static bool AdmitsPythons(CatalogueDistribution distribution, WheelVersion version, ImmutableArray<SupportedPlatform> platforms)
    {
        return distribution.FindMetadata(version) is not { IsExact: true, Metadata.Pythons: { } bounds } || platforms.All(platform => bounds.AdmitsPinned(platform.LateRelease));
    }
}
