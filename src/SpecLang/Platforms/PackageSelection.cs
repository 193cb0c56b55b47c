using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>
/// The packages that a spec means on one platform: entries filtered by their tags, equal ones merged, templates expanded, sorted by name and then version.
/// The order of the spec's entries does not matter.
/// </summary>
public sealed class PackageSelection
{
    private PackageSelection(ImmutableArray<SelectedPackage> packages, ImmutableArray<SelectionProblem> problems)
    {
        Packages = packages;
        Problems = problems;
    }

    /// <summary>The packages, sorted; without those that have problems.</summary>
    public ImmutableArray<SelectedPackage> Packages { get; }

    /// <summary>What is wrong, in the order of the spec's entries; an environment is made only when there is nothing.</summary>
    public ImmutableArray<SelectionProblem> Problems { get; }

    /// <summary>Selects the packages of a spec for a host.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="hostTags">What the host supports; <c>match_tag</c> and <c>not_match_tag</c> are held against it.</param>
    /// <param name="variables">The values for the templates.</param>
    public static PackageSelection Select(Spec spec, IReadOnlyList<Pep425Tag> hostTags, TemplateVariables variables)
    {
        var problems = ImmutableArray.CreateBuilder<SelectionProblem>();
        var packages = new Dictionary<PackageName, SelectedPackage>();
        foreach ((int index, Spec.Types.Package package) in Merge(Wanted(spec, hostTags), problems))
        {
            if (Expand(index, package, variables, problems) is not { } selected || packages.TryAdd(selected.Name, selected)) continue;
            int earlier = packages[selected.Name].WheelIndex;
            problems.Add(new(SelectionProblemKind.DuplicateAfterExpansion, index,
                $"the package '{package.Name}' is '{selected.Name}' on this platform, and so is '{spec.Wheel[earlier].Name}'")
            { EarlierWheelIndex = earlier });
        }
        return new(
            [.. packages.Values.OrderBy(package => package.Name).ThenBy(package => package.Version)],
            [.. problems.OrderBy(problem => problem.WheelIndex)]);
    }

    /// <summary>The entries for this host: no <c>not_match_tag</c> matches, and a <c>match_tag</c> does or there is none.</summary>
    private static IEnumerable<(int Index, Spec.Types.Package Package)> Wanted(Spec spec, IReadOnlyList<Pep425Tag> hostTags) =>
        spec.Wheel.Index().Where(entry =>
            !entry.Item.NotMatchTag.Any(tag => Matches(tag, hostTags))
            && (entry.Item.MatchTag.Count == 0 || entry.Item.MatchTag.Any(tag => Matches(tag, hostTags))));

    /// <summary>Whether one tag of the host has every part that is set; a tag without any part matches nothing.</summary>
    internal static bool Matches(PEP425Tag tag, IReadOnlyList<Pep425Tag> hostTags)
    {
        if (tag.Python.Length == 0 && tag.Abi.Length == 0 && tag.Platform.Length == 0) return false;
        return hostTags.Any(host =>
            (tag.Python.Length == 0 || tag.Python == host.Python)
            && (tag.Abi.Length == 0 || tag.Abi == host.Abi)
            && (tag.Platform.Length == 0 || tag.Platform == host.Platform));
    }

    /// <summary>One entry for each name before expansion; the same version twice is one, two versions contradict each other.</summary>
    private static List<(int Index, Spec.Types.Package Package)> Merge(
        IEnumerable<(int Index, Spec.Types.Package Package)> wanted, ImmutableArray<SelectionProblem>.Builder problems)
    {
        var merged = new List<(int Index, Spec.Types.Package Package)>();
        var byName = new Dictionary<string, (int Index, Spec.Types.Package Package)>(StringComparer.Ordinal);
        foreach ((int index, Spec.Types.Package package) in wanted)
        {
            if (byName.TryAdd(package.Name, (index, package)))
            {
                merged.Add((index, package));
                continue;
            }
            (int earlier, Spec.Types.Package first) = byName[package.Name];
            if (first.Version == package.Version) continue;
            problems.Add(new(SelectionProblemKind.ConflictingVersions, index,
                $"the package '{package.Name}' is wanted in two versions: '{first.Version}' and '{package.Version}'")
            { EarlierWheelIndex = earlier });
        }
        return merged;
    }

    private static SelectedPackage? Expand(
        int index, Spec.Types.Package package, TemplateVariables variables, ImmutableArray<SelectionProblem>.Builder problems)
    {
        if (!PackageTemplate.TryParse(package.Name, out PackageTemplate? template, out string? error))
        {
            problems.Add(new(SelectionProblemKind.MalformedTemplate, index, error));
            return null;
        }
        switch (template.Expand(variables))
        {
            case TemplateExpansion.Skipped:
                return null;
            case TemplateExpansion.Failed failed:
                problems.Add(new(SelectionProblemKind.InvalidName, index, failed.Error));
                return null;
            case TemplateExpansion.Expanded expanded when CipdVersion.TryParse(package.Version, out CipdVersion version, out error):
                return new(expanded.Name, version, index);
            default:
                problems.Add(new(SelectionProblemKind.InvalidVersion, index, $"{error}, in the package '{package.Name}'"));
                return null;
        }
    }
}
