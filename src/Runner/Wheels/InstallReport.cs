using System.Collections.Immutable;

namespace VPythonTools.Runner.Wheels;

/// <summary>What an installation did.</summary>
/// <param name="Wheels">The distributions that are there now, in the order in which they were given.</param>
/// <param name="Warnings">What the user should know: sentences that name the wheels and the file, each ending in a code of
/// <c>docs/errors.md</c>.</param>
public sealed record InstallReport(ImmutableArray<InstalledWheel> Wheels, ImmutableArray<string> Warnings);
