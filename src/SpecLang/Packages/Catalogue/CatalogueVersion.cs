namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>A version of a package that the catalogue knows.</summary>
/// <param name="Version">The version as specs write it, such as <c>version:5.8.0.chromium.3</c>.</param>
/// <param name="Availability">For which platforms there is a build.</param>
/// <param name="Uses">How many published specs were seen that name it; for ranking.</param>
public sealed record CatalogueVersion(WheelVersion Version, BuildAvailability Availability, int Uses);
