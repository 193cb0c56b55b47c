using System.Collections.Immutable;

namespace VPythonTools.Runner.Cipd;

/// <summary>What is below a prefix of package names.</summary>
/// <param name="Packages">Full names of packages, sorted as bytes.</param>
/// <param name="Prefixes">Full names of prefixes, sorted as bytes, without a slash at the end.</param>
public sealed record PrefixListing(ImmutableArray<string> Packages, ImmutableArray<string> Prefixes);
