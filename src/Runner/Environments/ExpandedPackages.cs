using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments;

/// <summary>The packages of a spec on a host, their names expanded, their versions not yet resolved.</summary>
/// <param name="Tag">The tag that stands for the host in templates; null where the host has none.</param>
/// <param name="Packages">The packages, sorted by name.</param>
public sealed record ExpandedPackages(Pep425Tag? Tag, ImmutableArray<SelectedPackage> Packages);
