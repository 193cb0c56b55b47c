using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Dependencies;

/// <summary>One requirement of a wheel, on the platforms where it is one.</summary>
/// <param name="By">The wheel that needs something.</param>
/// <param name="Requirement">What it needs.</param>
/// <param name="Knowledge">From where that is known: bounds of versions count only when it is of this very one.</param>
/// <param name="Certainty">How well that is known.</param>
/// <param name="Platforms">The platforms that get the wheel and on which the requirement applies for certain.</param>
/// <param name="MetBy">The wheels of the distribution, given or added, that these platforms get; empty when none does.</param>
/// <param name="MissingOn">The platforms, of these, that get no given wheel of the distribution.</param>
public sealed record WheelNeed(
    ClosureWheel By,
    DistributionRequirement Requirement,
    MetadataMatch Knowledge,
    NeedCertainty Certainty,
    ImmutableArray<SupportedPlatform> Platforms,
    ImmutableArray<ClosureWheel> MetBy,
    ImmutableArray<SupportedPlatform> MissingOn)
{
    /// <summary>Whether a version may be what is needed. False only when it is known not to be: a text that names no version may be any.</summary>
    public bool Admits(WheelVersion version) => version.PythonVersion is not { } python || Requirement.Versions.AdmitsPinned(python);
}
