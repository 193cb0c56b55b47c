using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The packages of a catalogue as completion looks them up: made once, and kept as long as the catalogue is.</summary>
internal sealed class CompletionIndex
{
    /// <summary>Beyond it what was remembered is forgotten: whoever changes the platforms of specs all day does not fill the memory.</summary>
    private const int MostRemembered = 4096;

    /// <summary>Looking for what is spelt alike costs more than the rest, and needs enough letters to mean anything.</summary>
    private const int FewestLettersToBeNear = 4;

    private static readonly ConditionalWeakTable<PackageCatalogue, CompletionIndex> Known = [];

    private readonly PackageCatalogue _catalogue;
    private readonly ConcurrentDictionary<(DistributionName, string), WheelChoice?> _choices = [];
    private readonly ConcurrentDictionary<(DistributionName, string), ImmutableArray<(string Name, string? Version, string Comment)>> _needs = [];

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

    /// <summary>The best wheel of a distribution for platforms; null where there is none for them.</summary>
    public WheelChoice? FindChoice(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms)
    {
        if (_choices.Count >= MostRemembered) _choices.Clear();
        return _choices.GetOrAdd(KeyOf(distribution, platforms), static (_, asked) => WheelChoice.Find(asked.distribution, asked.platforms), (distribution, platforms));
    }

    /// <summary>
    /// The wheels that the best wheel of a distribution needs, directly or not: name, version, and a comment that says for what. What only another version is
    /// known to need is among them, and its comment says which: whoever asks for all wants a wheel too many rather than one too few.
    /// </summary>
    public ImmutableArray<(string Name, string? Version, string Comment)> FindNeeds(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms)
    {
        (DistributionName, string) key = KeyOf(distribution, platforms);
        if (_needs.TryGetValue(key, out ImmutableArray<(string Name, string? Version, string Comment)> known)) return known;
        if (_needs.Count >= MostRemembered) _needs.Clear();
        return _needs.GetOrAdd(key, ComputeNeeds(distribution, platforms));
    }

    private static (DistributionName, string) KeyOf(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms) => (distribution.Name, string.Join(' ', platforms));

    private ImmutableArray<(string Name, string? Version, string Comment)> ComputeNeeds(CatalogueDistribution distribution, ImmutableArray<SupportedPlatform> platforms)
    {
        if (FindChoice(distribution, platforms) is not { } choice) return [];
        var closure = DependencyClosure.Compute(_catalogue, new ClosureWheel(choice.Package.Name, distribution.Name, choice.Version.Version, platforms, Index: 0));
        return
        [
            .. closure.Missing.Where(static missing => missing.Choice is not null)
                .Select(static missing => (missing.Choice!.Package.Name, (string?)missing.Choice.Version.Version.Text, missing.Comment)),
        ];
    }
}
