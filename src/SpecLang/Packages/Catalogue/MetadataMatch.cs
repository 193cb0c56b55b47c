namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>The knowledge that comes closest to a version.</summary>
/// <param name="Metadata">The knowledge.</param>
/// <param name="IsExact">Whether it is of this very version. What another version needs is a hint at most, and its bounds are none; names and modules mostly stay.</param>
public sealed record MetadataMatch(DistributionMetadata Metadata, bool IsExact);
