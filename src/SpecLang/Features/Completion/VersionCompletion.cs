using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The versions of a wheel, newest first, each with the platforms that it is for.</summary>
internal static class VersionCompletion
{
    /// <summary>What a key begins with that stands for a version: the package and the version, with a line break between them, follow.</summary>
    public const string KeyPrefix = "version:";

    /// <summary>What the text of a version begins with that is a tag of CIPD.</summary>
    internal const string TagPrefix = "version:";

    /// <summary>Adds the versions of the wheel that the cursor is in.</summary>
    public static void Add(CompletionListBuilder list, CompletionPlace place, SpecContext context)
    {
        if (place.FindString("name") is not { Length: > 0 } name || FindPackage(context.Spec.Catalogue, name) is not { } package) return;
        ImmutableArray<SupportedPlatform> platforms = context.PlatformsOf(place.Syntax);
        CatalogueVersion? best = FindBest(package, platforms);
        bool isTagTyped = TagPrefix.StartsWith(place.Typed, StringComparison.Ordinal) || place.Typed.StartsWith(TagPrefix, StringComparison.Ordinal);
        foreach (CatalogueVersion version in package.Versions)
        {
            string text = version.Version.Text;
            list.Add(new(text, CompletionKind.Version, new(place.Span, ScalarCompletion.Written(place, text)), isTagTyped ? text : version.Version.Number)
            {
                Detail = CoverageText.Of(version.Availability, platforms),
                IsDeprecated = version.Version.PackagingEpoch is not null,
                IsPreselected = version == best,
                Key = $"{KeyPrefix}{package.Name}\n{text}",
            });
        }
    }

    /// <summary>The newest release that all platforms have; where there is none, the newest release.</summary>
    internal static CatalogueVersion? FindBest(CataloguePackage package, ImmutableArray<SupportedPlatform> platforms)
    {
        CatalogueVersion[] releases = [.. package.Versions.Where(static version => version.Version is { PackagingEpoch: null, PythonVersion.IsPreRelease: false })];
        return releases.FirstOrDefault(version => platforms.All(platform => version.Availability.Covers(platform) == true)) ?? releases.FirstOrDefault();
    }

    /// <summary>The package of a name, also when the name spells the platform otherwise.</summary>
    internal static CataloguePackage? FindPackage(PackageCatalogue catalogue, string name) =>
        catalogue.FindPackage(name) ?? (WheelPackageName.TryParse(name, out WheelPackageName? parsed) ? catalogue.FindPackageOf(parsed) : null);
}
