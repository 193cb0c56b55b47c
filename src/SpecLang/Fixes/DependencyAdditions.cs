using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>What wheels need in turn that join a spec, or change in it.</summary>
/// <param name="Wheels">The wheels to add: name, version, and a comment that says for what.</param>
/// <param name="Notes">What the user should know: what is only guessed, and what cannot be added.</param>
public sealed record DependencyAdditions(ImmutableArray<(string Name, string? Version, string Comment)> Wheels, ImmutableArray<string> Notes)
{
    /// <summary>
    /// What wheels of a spec need that have changed. What was missing before, and known as well to be, is left as it is; what is only guessed from another version is
    /// a note: the spec has done without it.
    /// </summary>
    /// <param name="spec">The spec as it was.</param>
    /// <param name="wheels">All wheels that it will have, changed or not.</param>
    public static DependencyAdditions Of(SpecAnalysis spec, ImmutableArray<ClosureWheel> wheels)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Dictionary<string, NeedCertainty> before = CertaintiesOf(spec.Closure);
        var closure = DependencyClosure.Compute(spec.Catalogue, wheels);
        return Of(closure.Missing.Where(missing => !before.TryGetValue(missing.Name.Value, out NeedCertainty certainty) || certainty < Best(missing)), withGuesses: false);
    }

    /// <summary>
    /// What wheels need that are new in a spec. What only another version is known to need is among it, and its comment says which: whoever adds a wheel wants one too
    /// many rather than one too few. What other wheels of the spec lack is left as it is.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="joining">The new wheels, each with a number of its own that no wheel of the spec has.</param>
    public static DependencyAdditions OfJoining(SpecAnalysis spec, ImmutableArray<ClosureWheel> joining)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var closure = DependencyClosure.Compute(spec.Catalogue, [.. spec.Closure.Wheels, .. joining]);
        HashSet<int?> numbers = [.. joining.Select(static wheel => wheel.Index)];
        HashSet<DistributionName> reached = [];
        while (true)
        {
            int count = reached.Count;
            reached.UnionWith(closure.Missing
                .Where(missing => missing.NeededBy.Any(need => need.By.Index is { } index ? numbers.Contains(index) : reached.Contains(need.By.Distribution)))
                .Select(static missing => missing.Name));
            if (reached.Count == count) break;
        }
        return Of(closure.Missing.Where(missing => reached.Contains(missing.Name)), withGuesses: true);
    }

    /// <summary>What is missing for the wheels of a spec, as far as more than a guess says so.</summary>
    internal static DependencyAdditions OfMissing(DependencyClosure closure) => Of(closure.Missing, withGuesses: false);

    /// <summary>How well it is known of each missing distribution that it is needed.</summary>
    internal static Dictionary<string, NeedCertainty> CertaintiesOf(DependencyClosure closure) => closure.Missing.ToDictionary(static missing => missing.Name.Value, Best);

    private static NeedCertainty Best(MissingDistribution missing) => missing.NeededBy.Max(static need => need.Certainty);

    private static DependencyAdditions Of(IEnumerable<MissingDistribution> all, bool withGuesses)
    {
        var added = ImmutableArray.CreateBuilder<(string, string?, string)>();
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (MissingDistribution missing in all)
        {
            string via = string.Join(", ", missing.Via);
            bool isGuess = Best(missing) == NeedCertainty.Guess;
            WheelNeed need = missing.NeededBy[0];
            if (isGuess && !withGuesses)
            {
                notes.Add($"{need.By.Distribution} {need.Knowledge.Metadata.Version} needs {missing.Name}; whether this version does is not known, so it was not added");
            }
            else if (missing.IsThereElsewhere)
            {
                notes.Add($"{missing.Name}, needed by {via}, is in the spec, but its tags keep it away from {TargetPlatform.Describe(missing.Platforms)}");
            }
            else if (missing.Choice is { } choice)
            {
                added.Add((choice.Package.Name, choice.Version.Version.Text, missing.Comment));
                if (isGuess) notes.Add($"{need.By.Distribution} {need.Knowledge.Metadata.Version} needs {missing.Name}; whether {need.By.Version.Number} does is not known");
                if (!choice.Uncovered.IsEmpty) notes.Add($"{missing.Name} has no build for {TargetPlatform.Describe(choice.Uncovered)}");
            }
            else
            {
                notes.Add($"{via} needs {missing.Name}, of which the catalogue has none that suits");
            }
        }
        return new(added.DrainToImmutable(), notes.DrainToImmutable());
    }
}
