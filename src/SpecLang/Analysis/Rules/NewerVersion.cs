using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The catalogue has a newer version of a wheel, for all platforms that the spec is for.</summary>
public sealed class NewerVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2207",
        "Newer version",
        "There is a newer version: '{0}'.",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Hint);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a wheel of which the catalogue has a newer version that is known to be there for every platform that gets the wheel, and that no other wheel of the spec is known to refuse.",
        "Newer versions have fixes, and more of the newer platforms.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.10.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.17.0"
        >
        """,
        "Writes the newest version; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Find(spec).Select(static found => found.Finding);
    }

    /// <summary>The findings, each with the newer version.</summary>
    internal IEnumerable<(Diagnostic Finding, WheelVersion Version)> Find(SpecAnalysis spec)
    {
        if (spec.Platforms.IsEmpty) yield break;
        var bounds = new Dictionary<DistributionName, ImmutableArray<VersionSpecifierSet>>();
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Known is not { } package || wheel.Version.PythonVersion is not { } current) continue;
            CatalogueVersion? newer = package.Versions
                .TakeWhile(known => known.Version.PythonVersion is { } version && version > current)
                .FirstOrDefault(known => IsRelease(known.Version) && IsForAll(spec, wheel, known) && RunsWith(spec, wheel, known.Version) && IsAdmitted(spec, wheel, known.Version, bounds));
            if (newer is not null) yield return (Report(wheel.VersionSpan, newer.Version.Text) with { Fixes = Write(wheel.VersionValue, newer.Version.Text, FixSafety.Unsafe) }, newer.Version);
        }
    }

    /// <summary>A version that another wheel refuses would only be found as the next mistake.</summary>
    private static bool IsAdmitted(SpecAnalysis spec, WheelEntry wheel, WheelVersion version, Dictionary<DistributionName, ImmutableArray<VersionSpecifierSet>> known)
    {
        if (wheel.Package is not { Distribution: var distribution } || version.PythonVersion is not { } wanted) return true;
        if (!known.TryGetValue(distribution, out ImmutableArray<VersionSpecifierSet> bounds))
        {
            bounds = [.. spec.Closure.NeedsOf(distribution).Where(static need => need.By.Index is not null && need.Knowledge.IsExact).Select(static need => need.Requirement.Versions).Distinct()];
            known.Add(distribution, bounds);
        }
        return bounds.All(bound => bound.AdmitsPinned(wanted));
    }

    private static bool IsRelease(WheelVersion version) => version.PythonVersion is { IsPreRelease: false };

    /// <summary>A package for all platforms is for these, too; of others it has to be known.</summary>
    private static bool IsForAll(SpecAnalysis spec, WheelEntry wheel, CatalogueVersion version) =>
        wheel.Package?.Form != WheelPackageForm.Platform
        || version.Availability.IsKnown && spec.Platforms.Where(platform => platform.Gets(wheel)).All(platform => platform.Supported is { } supported && version.Availability.Covers(supported) == true);

    /// <summary>What is known of the nearest version is enough to doubt.</summary>
    private static bool RunsWith(SpecAnalysis spec, WheelEntry wheel, WheelVersion version)
    {
        if (wheel.KnownDistribution?.FindMetadata(version)?.Metadata.Pythons is not { } required) return true;
        // The last patch level of a Python is what platforms have, more or less.
        return spec.Pythons.All(python => Pep440Version.TryParse($"{python}.99", out Pep440Version? last, out _) && required.Admits(last));
    }
}
