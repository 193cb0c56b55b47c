using VPythonTools.Runner.Cipd;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Environments;

/// <summary>A package of a plan.</summary>
/// <param name="Pin">The package and the instance that its version means.</param>
/// <param name="Version">The version as the spec has it.</param>
/// <param name="Location">The place of the wheel in the spec, as <c>path:line:column</c>.</param>
public sealed record PlannedPackage(PackagePin Pin, CipdVersion Version, string Location);
