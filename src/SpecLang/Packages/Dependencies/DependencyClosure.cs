using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Dependencies;

/// <summary>
/// What a set of wheels needs, and what is missing for it: everything that <c>Requires-Dist</c> of the given wheels asks for on the given platforms, and of what is
/// added for them, and so on. Where the catalogue knows no requirements of a wheel it counts as having none. Immutable.
/// </summary>
public sealed class DependencyClosure
{
    /// <summary>So that wheels whose choices depend on each other come to an end. A round adds a level of needs; no chain of them is that long.</summary>
    private const int MostRounds = 32;

    /// <summary>
    /// Of one distribution, no more wheels are looked at for what needs it: there is one in each of a few forms, more are a mistake that is found as one, and each with each
    /// would be too many.
    /// </summary>
    private const int MostOfDistribution = 16;

    private readonly ILookup<DistributionName, WheelNeed> _needsOf;

    private DependencyClosure(ImmutableArray<ClosureWheel> wheels, ImmutableArray<ClosureWheel> added, ImmutableArray<WheelNeed> needs, ImmutableArray<MissingDistribution> missing)
    {
        Wheels = wheels;
        Added = added;
        Needs = needs;
        Missing = missing;
        _needsOf = needs.ToLookup(static need => need.Requirement.Name);
    }

    /// <summary>The given wheels.</summary>
    public ImmutableArray<ClosureWheel> Wheels { get; }

    /// <summary>The wheels that the catalogue has for what is missing, in the order of their distributions.</summary>
    public ImmutableArray<ClosureWheel> Added { get; }

    /// <summary>The requirements of the given and of the added wheels, in their order; without those that apply on no platform.</summary>
    public ImmutableArray<WheelNeed> Needs { get; }

    /// <summary>The distributions that are missing, in the order of their names.</summary>
    public ImmutableArray<MissingDistribution> Missing { get; }

    /// <summary>Who needs a distribution.</summary>
    public IEnumerable<WheelNeed> NeedsOf(DistributionName distribution) => _needsOf[distribution];

    /// <summary>
    /// Computes what wheels need. Extras count when a requirement asks for them; a marker whose outcome is not known says nothing. What every environment has
    /// (pip, and setuptools before Python 3.12) is never missing.
    /// </summary>
    /// <param name="catalogue">What is known of packages.</param>
    /// <param name="wheels">The wheels, each with the platforms that get it.</param>
    public static DependencyClosure Compute(PackageCatalogue catalogue, params ImmutableArray<ClosureWheel> wheels)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var computation = new Computation(catalogue, wheels);
        ImmutableArray<ClosureWheel> added = [];
        for (int round = 1; ; round++)
        {
            ImmutableArray<WheelNeed> needs = computation.FindNeeds(added);
            ImmutableArray<MissingDistribution> missing = computation.FindMissing(needs);
            ImmutableArray<ClosureWheel> next = computation.Choose(missing);
            if (round == MostRounds || AreSame(added, next)) return new(wheels, next, needs, missing);
            added = next;
        }
    }

    private static bool AreSame(ImmutableArray<ClosureWheel> left, ImmutableArray<ClosureWheel> right) =>
        left.Length == right.Length && left.Zip(right).All(static pair =>
            pair.First.Name == pair.Second.Name && pair.First.Version == pair.Second.Version && pair.First.Platforms.SequenceEqual(pair.Second.Platforms));

    private sealed class Computation(PackageCatalogue catalogue, ImmutableArray<ClosureWheel> given)
    {
        private readonly Dictionary<DistributionName, List<ClosureWheel>> _given = ByDistribution(given);
        private readonly Dictionary<(DistributionName, string), Knowledge?> _known = [];
        private readonly Dictionary<(DistributionName, SupportedPlatform), HashSet<string>> _extras = [];

        public ImmutableArray<WheelNeed> FindNeeds(ImmutableArray<ClosureWheel> added)
        {
            Dictionary<DistributionName, List<ClosureWheel>> present = added.IsEmpty ? _given : ByDistribution(given.Concat(added));
            _extras.Clear();
            while (true)
            {
                bool isComplete = true;
                var needs = ImmutableArray.CreateBuilder<WheelNeed>();
                foreach (ClosureWheel wheel in given.Concat(added))
                {
                    if (KnowledgeOf(wheel) is not { } knowledge) continue;
                    foreach (DistributionRequirement requirement in knowledge.Match.Metadata.Requirements)
                    {
                        if (FindNeed(wheel, knowledge, requirement, present) is not { } need) continue;
                        needs.Add(need);
                        foreach (SupportedPlatform platform in requirement.Extras.IsEmpty ? [] : need.Platforms) isComplete &= !Ask(requirement, platform);
                    }
                }
                // An extra that was asked for late adds requirements of wheels that were looked at before.
                if (isComplete) return needs.DrainToImmutable();
            }
        }

        public ImmutableArray<MissingDistribution> FindMissing(ImmutableArray<WheelNeed> needs)
        {
            var missing = ImmutableArray.CreateBuilder<MissingDistribution>();
            foreach (IGrouping<DistributionName, WheelNeed> group in needs.GroupBy(static need => need.Requirement.Name).OrderBy(static group => group.Key))
            {
                WheelNeed[] all = [.. group];
                ImmutableArray<SupportedPlatform> platforms = [.. all.SelectMany(static need => need.MissingOn).Distinct()];
                if (platforms.IsEmpty) continue;
                CatalogueDistribution? distribution = catalogue.FindDistribution(group.Key);
                WheelChoice? choice = distribution is null ? null : WheelChoice.Find(distribution, platforms, all);
                missing.Add(new(group.Key, platforms, [.. all.Where(static need => !need.MissingOn.IsEmpty)], choice, _given.ContainsKey(group.Key)));
            }
            return missing.DrainToImmutable();
        }

        /// <summary>The wheels for what is missing; where another platform has one already, that one.</summary>
        public ImmutableArray<ClosureWheel> Choose(ImmutableArray<MissingDistribution> missing) =>
        [
            .. missing.Select(distribution => distribution.IsThereElsewhere
                ? _given[distribution.Name].First() with { Platforms = distribution.Platforms, Index = null }
                : distribution.Choice is { } choice ? new ClosureWheel(choice.Package.Name, distribution.Name, choice.Version.Version, distribution.Platforms) : null)
                .OfType<ClosureWheel>(),
        ];

        private WheelNeed? FindNeed(ClosureWheel wheel, Knowledge knowledge, DistributionRequirement requirement, Dictionary<DistributionName, List<ClosureWheel>> present)
        {
            ImmutableArray<SupportedPlatform> platforms = WhereItApplies(wheel, requirement);
            if (platforms.IsEmpty) return null;
            NeedCertainty certainty = knowledge.Match.IsExact ? NeedCertainty.Exact
                : knowledge.IsNear || knowledge.OtherSide.Any(other => other.Name == requirement.Name && !WhereItApplies(wheel, other).IsEmpty) ? NeedCertainty.Likely
                : NeedCertainty.Guess;
            ImmutableArray<ClosureWheel> metBy = [.. present.GetValueOrDefault(requirement.Name, []).Where(other => other.Platforms.Any(platforms.Contains))];
            // What was added does not count as there.
            ImmutableArray<SupportedPlatform> missingOn =
                [.. platforms.Where(platform => !IsInEnvironment(requirement.Name, platform) && !_given.GetValueOrDefault(requirement.Name, []).Any(other => other.Platforms.Contains(platform)))];
            return new(wheel, requirement, knowledge.Match, certainty, platforms, metBy, missingOn);
        }

        private ImmutableArray<SupportedPlatform> WhereItApplies(ClosureWheel wheel, DistributionRequirement requirement) => requirement.Marker is null
            ? wheel.Platforms
            : [.. wheel.Platforms.Where(platform => requirement.AppliesTo(platform.Markers, _extras.GetValueOrDefault((wheel.Distribution, platform)) ?? []) == true)];

        private static Dictionary<DistributionName, List<ClosureWheel>> ByDistribution(IEnumerable<ClosureWheel> wheels)
        {
            var found = new Dictionary<DistributionName, List<ClosureWheel>>();
            foreach (ClosureWheel wheel in wheels)
            {
                ref List<ClosureWheel>? same = ref CollectionsMarshal.GetValueRefOrAddDefault(found, wheel.Distribution, out _);
                same ??= new(1);
                if (same.Count < MostOfDistribution) same.Add(wheel);
            }
            return found;
        }

        private bool Ask(DistributionRequirement requirement, SupportedPlatform platform)
        {
            if (!_extras.TryGetValue((requirement.Name, platform), out HashSet<string>? extras)) _extras.Add((requirement.Name, platform), extras = new(StringComparer.Ordinal));
            int before = extras.Count;
            extras.UnionWith(requirement.Extras);
            return extras.Count > before;
        }

        /// <summary>Of this very version; else of the nearest one of which everything is known; else of the nearest one.</summary>
        private Knowledge? KnowledgeOf(ClosureWheel wheel)
        {
            (DistributionName, string) key = (wheel.Distribution, wheel.Version.Text);
            if (_known.TryGetValue(key, out Knowledge? known)) return known;
            CatalogueDistribution? distribution = catalogue.FindDistribution(wheel.Distribution);
            MetadataMatch? match = distribution?.FindMetadata(wheel.Version);
            if (match is { IsExact: false }) match = distribution!.FindCompleteMetadata(wheel.Version) ?? match;
            known = match is null ? null : Judge(match, wheel.Version, distribution!);
            _known.Add(key, known);
            return known;
        }

        private static Knowledge Judge(MetadataMatch match, WheelVersion version, CatalogueDistribution distribution)
        {
            if (match.IsExact || version.PythonVersion is not { } wanted || VersionOf(match.Metadata) is not { } nearest) return new(match, false, []);
            bool isNear = wanted.Release.AsSpan().CommonPrefixLength(nearest.Release.AsSpan()) >= 2;
            // The nearest one is the next older one where there is one, so the other side is the next newer one.
            DistributionMetadata? otherSide = nearest > wanted ? null : distribution.Metadata.LastOrDefault(other => VersionOf(other) is { } known && known > wanted);
            return new(match, isNear, otherSide?.Requirements ?? []);
        }

        private static Pep440Version? VersionOf(DistributionMetadata metadata) => metadata.ParsedVersion;

        private static bool IsInEnvironment(DistributionName name, SupportedPlatform platform) => name.Value switch
        {
            "pip" => true,
            "setuptools" or "wheel" => platform.Python < new PythonMinor(3, 12),
            _ => false,
        };

        /// <summary>What is known of a version's requirements.</summary>
        /// <param name="Match">The nearest version of which they are known.</param>
        /// <param name="IsNear">Whether that is of the same minor release.</param>
        /// <param name="OtherSide">The requirements of the next newer version, when the nearest is an older one.</param>
        private sealed record Knowledge(MetadataMatch Match, bool IsNear, ImmutableArray<DistributionRequirement> OtherSide);
    }
}
