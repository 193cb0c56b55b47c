using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A wheel was not built for a platform that is to get it.</summary>
public sealed class MissingBuild : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2501",
        "No build for a platform",
        "'{0}' has no build of {1} for {2}. {3}",
        DiagnosticCategory.Platforms,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds wheels that the catalogue lists without a build for a platform that is to get them: one of the spec's `verify_pep425_tag`s, or, where there are none, "
            + "one that Chrome Operations support (or that the setting `vpython_platforms` names) with the spec's Python. What nobody asked for by name is only a hint.",
        "The spec works where it was written, and fails on a bot with another platform: no environment can be made there, not even for scripts that do without this wheel.",
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/brotli/${vpython_platform}"
          version: "version:1.0.9"
        >
        verify_pep425_tag: [
          {python: "cp311", abi: "cp311", platform: "manylinux1_x86_64"},
          {python: "cp311", abi: "cp311", platform: "linux_armv6l"}
        ]
        """,
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/brotli/${vpython_platform}"
          version: "version:1.0.9"
          not_match_tag: <
            platform: "linux_armv6l"
          >
        >
        verify_pep425_tag: [
          {python: "cp311", abi: "cp311", platform: "manylinux1_x86_64"},
          {python: "cp311", abi: "cp311", platform: "linux_armv6l"}
        ]
        """,
        "Takes the nearest version that has builds for all the platforms; or keeps the wheel away from those without one by `not_match_tag`. Unsafe: another version "
            + "may behave otherwise, and what is kept away cannot be imported there.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        // Wheels have their holes in the same places again and again.
        var tagsOfHoles = new Dictionary<string, ImmutableArray<(string? Python, string Platform)>>(StringComparer.Ordinal);
        foreach ((WheelEntry wheel, List<TargetPlatform> wanted, TargetPlatform[] holes) in FindHoles(spec))
        {
            CatalogueVersion? better = NearestWithAll(wheel, wanted);
            string step = better is null
                ? "Keep it away from there with 'not_match_tag', if the scripts can do without it."
                : $"{better.Version.Number} has builds for all; or keep it away from there with 'not_match_tag'.";
            yield return Report(wheel.VersionSpan, wheel.Name, wheel.Version.Number, TargetPlatform.Describe(holes), step) with
            {
                Severity = spec.NamesPlatforms ? Descriptor.DefaultSeverity : DiagnosticSeverity.Hint,
                Fixes = [.. FindFixes(spec, wheel, better, holes, tagsOfHoles)],
            };
        }
    }

    /// <summary>The wheels without a build for some of the platforms that are to get them: all of these platforms, and those without a build.</summary>
    internal static IEnumerable<(WheelEntry Wheel, List<TargetPlatform> Wanted, TargetPlatform[] Holes)> FindHoles(SpecAnalysis spec)
    {
        List<TargetPlatform>?[] takers = FindTakers(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (takers[wheel.Index] is not { } wanted) continue;
            TargetPlatform[] holes = [.. FindHoles(spec, wheel.KnownVersion!, wanted)];
            if (holes.Length > 0) yield return (wheel, wanted, holes);
        }
    }

    /// <summary>The platforms that get each wheel, of those wheels whose builds are known.</summary>
    private static List<TargetPlatform>?[] FindTakers(SpecAnalysis spec)
    {
        var takers = new List<TargetPlatform>?[spec.Wheels.Length];
        bool[] isKnown = [.. spec.Wheels.Select(static wheel => wheel.KnownVersion is { Availability.IsKnown: true } && !wheel.Package!.HasHardCodedPlatform)];
        if (!isKnown.Contains(true)) return takers;
        foreach (TargetPlatform platform in spec.Platforms.Where(static platform => platform.Supported is not null))
        {
            foreach (int index in platform.Selection.WheelIndexes)
            {
                if (isKnown[index]) (takers[index] ??= []).Add(platform);
            }
        }
        return takers;
    }

    /// <summary>A spec that does not say which Python it wants runs with one of several: only where none of them has a build there is a hole for certain.</summary>
    private static IEnumerable<TargetPlatform> FindHoles(SpecAnalysis spec, CatalogueVersion version, List<TargetPlatform> wanted)
    {
        IEnumerable<TargetPlatform> holes = wanted.Where(platform => version.Availability.Covers(platform.Supported!) == false).DistinctBy(static platform => platform.Name);
        if (spec.Spec.VerifyPep425Tag.Count > 0 || spec.Pythons.Length == 1) return holes;
        HashSet<PlatformDefinition> covered = [.. wanted.Where(platform => version.Availability.Covers(platform.Supported!) != false).Select(static platform => platform.Supported!.Definition)];
        return holes.Where(platform => !covered.Contains(platform.Supported!.Definition));
    }

    /// <summary>The next newer version with a build for every platform, else the next older one.</summary>
    private static CatalogueVersion? NearestWithAll(WheelEntry wheel, List<TargetPlatform> wanted)
    {
        CatalogueVersion[] all = [.. wheel.Known!.Versions.Where(version => version.Version.PythonVersion is not null && wanted.TrueForAll(platform => version.Availability.Covers(platform.Supported!) == true))];
        return all.LastOrDefault(version => version.Version > wheel.Version) ?? all.FirstOrDefault(version => version.Version < wheel.Version);
    }

    private static IEnumerable<CodeFix> FindFixes(SpecAnalysis spec, WheelEntry wheel, CatalogueVersion? better, TargetPlatform[] holes, Dictionary<string, ImmutableArray<(string? Python, string Platform)>> tagsOfHoles)
    {
        if (better is not null && wheel.VersionValue is { } value)
            yield return new($"Take {better.Version.Number}", FixSafety.Unsafe, SpecEditor.SetString(value.Syntax, better.Version.Text));
        // Kept away, the wheel would only make way for the same one below it.
        if (spec.WheelsByName[wheel.Name].Skip(1).Any()) yield break;
        string key = string.Join(' ', holes.Select(static hole => hole.Name));
        if (!tagsOfHoles.TryGetValue(key, out ImmutableArray<(string? Python, string Platform)> tags)) tagsOfHoles.Add(key, tags = TagsOf(spec, holes));
        if (tags.IsEmpty) yield break;
        string fields = string.Join('\n', tags.Select(static tag => "not_match_tag: <\n" + (tag.Python is null ? "" : $"  python: \"{tag.Python}\"\n") + $"  platform: \"{tag.Platform}\"\n>"));
        yield return new("Keep it away with 'not_match_tag'", FixSafety.Unsafe, spec.Editor.AddField(wheel.Syntax, fields));
    }

    /// <summary>Tags that the holes have and no other platform of the spec; empty where there are none.</summary>
    private static ImmutableArray<(string? Python, string Platform)> TagsOf(SpecAnalysis spec, TargetPlatform[] holes)
    {
        var others = spec.Platforms.Where(platform => !holes.Contains(platform) && !holes.Any(hole => hole.Name == platform.Name)).SelectMany(static platform => platform.Tags).ToHashSet();
        HashSet<string> platforms = [.. others.Select(static tag => tag.Platform)];
        var tags = ImmutableArray.CreateBuilder<(string? Python, string Platform)>();
        foreach (TargetPlatform hole in holes)
        {
            if (RepresentativeTag.Choose(hole.Tags) is not { } tag || tag.Platform == Pep425Tag.AnyPlatform) return [];
            if (!platforms.Contains(tag.Platform)) tags.Add((null, tag.Platform));
            else if (!others.Any(other => other.Platform == tag.Platform && other.Python == tag.Python)) tags.Add((tag.Python, tag.Platform));
            else return [];
        }
        return [.. tags.Distinct()];
    }
}
