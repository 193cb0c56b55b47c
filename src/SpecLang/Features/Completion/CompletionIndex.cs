using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The packages of a catalogue as completion looks them up: made once, and kept as long as the catalogue is.</summary>
internal sealed class CompletionIndex
{
    /// <summary>Beyond it what was remembered is forgotten: whoever changes the platforms of specs all day does not fill the memory.</summary>
    private const int MostBundles = 4096;

    /// <summary>Looking for what is spelt alike costs more than the rest, and needs enough letters to mean anything.</summary>
    private const int FewestLettersToBeNear = 4;

    private static readonly ConditionalWeakTable<PackageCatalogue, CompletionIndex> Known = [];

    private readonly PackageCatalogue _catalogue;
    private readonly ConcurrentDictionary<(DistributionName, string), WheelBundle?> _bundles = [];

    private CompletionIndex(PackageCatalogue catalogue)
    {
        _catalogue = catalogue;
        Wheels = [.. catalogue.Packages.Select(static package => new WheelCandidate(package)).OrderByDescending(static wheel => wheel.Uses).ThenBy(static wheel => wheel.Label, StringComparer.Ordinal)];
    }

    /// <summary>The packages, most used first.</summary>
    public ImmutableArray<WheelCandidate> Wheels { get; }

    /// <summary>The index of a catalogue.</summary>
    public static CompletionIndex Of(PackageCatalogue catalogue) => Known.GetValue(catalogue, static catalogue => new(catalogue));

    /// <summary>The packages that a folded query may mean, the best first, of the same rank the most used first.</summary>
    public IReadOnlyList<WheelCandidate> Find(string query)
    {
        if (query.Length == 0) return Wheels;
        var ranked = new List<(int Rank, int Index)>();
        for (int i = 0; i < Wheels.Length; i++)
        {
            if (Wheels[i].Rank(query) is { } rank) ranked.Add((rank, i));
        }
        if (ranked.Count == 0 && query.Length >= FewestLettersToBeNear)
        {
            for (int i = 0; i < Wheels.Length; i++)
            {
                if (Wheels[i].IsNear(query)) ranked.Add((WheelCandidate.WorstMatch + 1, i));
            }
        }
        ranked.Sort();
        return [.. ranked.Select(found => Wheels[found.Index])];
    }

    /// <summary>The best wheel of a distribution for platforms, with all that it needs; null where there is none for them.</summary>
    public WheelBundle? FindBundle(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms)
    {
        (DistributionName Name, string) key = (distribution.Name, string.Join(' ', platforms));
        if (_bundles.TryGetValue(key, out WheelBundle? known)) return known;
        if (_bundles.Count >= MostBundles) _bundles.Clear();
        return _bundles.GetOrAdd(key, MakeBundle(distribution, platforms));
    }

    private WheelBundle? MakeBundle(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms)
    {
        if (WheelChoice.Find(distribution, platforms) is not { } choice) return null;
        var wheel = new ClosureWheel(choice.Package.Name, distribution.Name, choice.Version.Version, platforms, Index: 0);
        var additions = DependencyAdditions.Of(DependencyClosure.Compute(_catalogue, wheel), missingAlready: []);
        return new(choice, additions.Wheels);
    }
}
