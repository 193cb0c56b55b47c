using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>A package that a spec asks for on one platform.</summary>
/// <param name="Name">The name after expansion.</param>
/// <param name="Version">Which instance of it.</param>
/// <param name="WheelIndex">The index of the spec's <c>wheel</c> entry that asks for it; the first where equal ones were merged.</param>
public sealed record SelectedPackage(PackageName Name, CipdVersion Version, int WheelIndex);
