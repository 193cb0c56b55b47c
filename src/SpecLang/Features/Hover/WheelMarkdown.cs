using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Features.Completion;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Features.Hover;

/// <summary>What the catalogue knows of a wheel.</summary>
internal static class WheelMarkdown
{
    private const int MostVersions = 8;
    private const int MostModules = 12;

    /// <summary>Of a package: what it is, its versions, what it needs and brings, and its name on each platform.</summary>
    public static string OfPackage(CataloguePackage package, ImmutableArray<SupportedPlatform> platforms, CatalogueVersion? version = null)
    {
        DistributionMetadata? metadata = MetadataOf(package, version ?? package.Versions.FirstOrDefault(), out bool isExact);
        var text = new StringBuilder($"**{package.Distribution.Name}**");
        if (metadata?.Summary is { Length: > 0 } summary) text.Append($": {Plain(summary)}");
        AppendVersions(text, package, platforms, version);
        if (metadata is not null) AppendMetadata(text, metadata, isExact);
        AppendExpansion(text, package.Name, platforms);
        return text.ToString();
    }

    /// <summary>Of a version: where it is, newer ones, and what it needs.</summary>
    public static string OfVersion(CataloguePackage package, CatalogueVersion version, ImmutableArray<SupportedPlatform> platforms)
    {
        var text = new StringBuilder($"**{package.Distribution.Name} {version.Version.Number}**: {CoverageText.Of(version.Availability, platforms)}");
        CatalogueVersion[] newer = [.. package.Versions.TakeWhile(other => other != version && other.Version > version.Version)];
        if (newer.Length == 0) text.Append("\n\nThe newest version that the catalogue knows.");
        else
        {
            text.Append("\n\nNewer:");
            foreach (CatalogueVersion other in newer.Take(MostVersions)) text.Append($"\n- `{other.Version.Number}`, {CoverageText.Of(other.Availability, platforms)}");
            if (newer.Length > MostVersions) text.Append($"\n- and {newer.Length - MostVersions} more");
        }
        if (MetadataOf(package, version, out bool isExact) is { } metadata) AppendMetadata(text, metadata, isExact);
        AppendBuilds(text, version, platforms);
        return text.ToString();
    }

    /// <summary>A name that the catalogue does not know: what it becomes on each platform.</summary>
    public static string? OfUnknown(string name, ImmutableArray<SupportedPlatform> platforms)
    {
        if (name.Length == 0) return null;
        var text = new StringBuilder("The catalogue does not know this package.");
        AppendExpansion(text, name, platforms);
        return text.ToString();
    }

    private static DistributionMetadata? MetadataOf(CataloguePackage package, CatalogueVersion? version, out bool isExact)
    {
        MetadataMatch? match = version is null ? null : package.Distribution.FindMetadata(version.Version);
        isExact = match?.IsExact == true;
        return match?.Metadata;
    }

    private static void AppendVersions(StringBuilder text, CataloguePackage package, ImmutableArray<SupportedPlatform> platforms, CatalogueVersion? current)
    {
        if (package.Versions.IsEmpty) return;
        text.Append("\n\nVersions:");
        foreach (CatalogueVersion version in package.Versions.Take(MostVersions))
            text.Append($"\n- `{version.Version.Number}`{(version == current ? " (this one)" : "")}, {CoverageText.Of(version.Availability, platforms)}");
        if (package.Versions.Length > MostVersions) text.Append($"\n- and {package.Versions.Length - MostVersions} more");
    }

    private static void AppendMetadata(StringBuilder text, DistributionMetadata metadata, bool isExact)
    {
        string source = isExact ? "" : $" (as of {metadata.Version})";
        if (metadata.RequirementsAreComplete && !metadata.RequirementTexts.IsEmpty) text.Append($"\n\nNeeds{source}: {string.Join(", ", metadata.RequirementTexts.Select(static requirement => $"`{requirement.Replace('`', '\'')}`"))}");
        else if (metadata.RequirementsAreComplete) text.Append($"\n\nNeeds{source}: nothing");
        if (!metadata.Modules.IsEmpty)
        {
            string more = metadata.Modules.Length > MostModules ? $" and {metadata.Modules.Length - MostModules} more" : "";
            text.Append($"\n\nModules: {string.Join(", ", metadata.Modules.Take(MostModules).Select(static module => $"`{module}`"))}{more}");
        }
        if (metadata.RequiresPython.Length > 0) text.Append($"\n\nPython: `{metadata.RequiresPython}`");
    }

    private static void AppendBuilds(StringBuilder text, CatalogueVersion version, ImmutableArray<SupportedPlatform> platforms)
    {
        if (version.Availability.IsUniversal || !version.Availability.IsKnown) return;
        text.Append("\n\n| Platform | Build |\n|---|---|");
        foreach (SupportedPlatform platform in platforms)
            text.Append($"\n| {platform} | {version.Availability.Covers(platform) switch { true => "yes", false => "no", _ => "not known" }} |");
    }

    private static void AppendExpansion(StringBuilder text, string name, ImmutableArray<SupportedPlatform> platforms)
    {
        if (!PackageTemplate.TryParse(name, out PackageTemplate? template, out _) || template.Variables.IsEmpty) return;
        text.Append("\n\n| Platform | Package |\n|---|---|");
        foreach (SupportedPlatform platform in platforms)
        {
            string expansion = template.Expand(platform.TemplateVariables) switch
            {
                TemplateExpansion.Expanded expanded => $"`{expanded.Name}`",
                TemplateExpansion.Skipped => "not installed",
                TemplateExpansion.Failed failed => Plain(failed.Error),
                _ => "",
            };
            text.Append($"\n| {platform} | {expansion} |");
        }
    }

    /// <summary>Text as text, not as markup.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if ("\\`*_{}[]<>#|".Contains(character, StringComparison.Ordinal)) plain.Append('\\');
            plain.Append(char.IsControl(character) ? ' ' : character);
        }
        return plain.ToString();
    }
}
