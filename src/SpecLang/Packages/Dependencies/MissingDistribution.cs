using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Dependencies;

/// <summary>A distribution that wheels need and that is not among those given.</summary>
/// <param name="Name">The distribution.</param>
/// <param name="Platforms">Where it is missing.</param>
/// <param name="NeededBy">What needs it: given wheels, and wheels that are missing themselves.</param>
/// <param name="Choice">The wheel to add; null when the catalogue has none that suits.</param>
/// <param name="IsThereElsewhere">Whether some other platform gets a wheel of it: then not a wheel is missing, but tags keep it away.</param>
public sealed record MissingDistribution(
    DistributionName Name,
    ImmutableArray<SupportedPlatform> Platforms,
    ImmutableArray<WheelNeed> NeededBy,
    WheelChoice? Choice,
    bool IsThereElsewhere)
{
    /// <summary>The distributions that need it, each once, in the order of the wheels: for a comment <c># via NAME</c>.</summary>
    public IEnumerable<string> Via => NeededBy.Select(static need => need.By.Distribution.Value).Distinct();

    /// <summary>
    /// The comment of a wheel that is added for it: <c>via NAME</c>, and, where it is only guessed from another version that it is needed, from which.
    /// </summary>
    public string Comment => NeededBy.MaxBy(static need => need.Certainty) is { Certainty: NeedCertainty.Guess } guess
        ? $"via {string.Join(", ", Via)} (as of {guess.Knowledge.Metadata.Version})"
        : $"via {string.Join(", ", Via)}";

    /// <summary>The best evidence that a given wheel needs it; a guess when only what is missing itself does.</summary>
    public NeedCertainty Certainty => NeededBy.Where(static need => need.By.Index is not null).Select(static need => need.Certainty).DefaultIfEmpty().Max();
}
