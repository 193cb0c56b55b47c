using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Packages.Dependencies;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>What wheels that join a spec need in turn.</summary>
/// <param name="Wheels">The wheels to add: name, version, and a comment that says for what.</param>
/// <param name="Notes">What the user should know: what is only guessed, and what cannot be added.</param>
public sealed record DependencyAdditions(ImmutableArray<(string Name, string? Version, string Comment)> Wheels, ImmutableArray<string> Notes)
{
    /// <summary>Computes them for a spec. What was missing before is left as it is.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="wheels">All wheels that it will have: its own, changed or not, and new ones.</param>
    public static DependencyAdditions Of(SpecAnalysis spec, ImmutableArray<ClosureWheel> wheels)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Of(DependencyClosure.Compute(spec.Catalogue, wheels), [.. spec.Closure.Missing.Select(static missing => missing.Name.Value)]);
    }

    /// <summary>What a closure says to add.</summary>
    /// <param name="closure">The closure.</param>
    /// <param name="missingAlready">Names of distributions that are left alone.</param>
    internal static DependencyAdditions Of(DependencyClosure closure, HashSet<string> missingAlready)
    {
        var added = ImmutableArray.CreateBuilder<(string, string?, string)>();
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (MissingDistribution missing in closure.Missing.Where(missing => !missingAlready.Contains(missing.Name.Value)))
        {
            string via = string.Join(", ", missing.Via);
            if (missing.NeededBy.Max(static need => need.Certainty) == NeedCertainty.Guess)
            {
                WheelNeed need = missing.NeededBy[0];
                notes.Add($"{need.By.Distribution} {need.Knowledge.Metadata.Version} needs {missing.Name}; whether this version does is not known, so it was not added");
            }
            else if (missing.IsThereElsewhere)
            {
                notes.Add($"{missing.Name}, needed by {via}, is in the spec, but its tags keep it away from {TargetPlatform.Describe(missing.Platforms)}");
            }
            else if (missing.Choice is { } choice)
            {
                added.Add((choice.Package.Name, choice.Version.Version.Text, $"via {via}"));
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
