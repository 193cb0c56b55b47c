using System.Collections.Immutable;

namespace VPythonTools.Runner.Environments;

/// <summary>What building an environment came to.</summary>
/// <param name="Warnings">What the user should know of it, each one line.</param>
public sealed record BuiltEnvironment(ImmutableArray<string> Warnings);
