using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages.Dependencies;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>A wheel, and what it needs.</summary>
/// <param name="Choice">The wheel.</param>
/// <param name="Needs">The wheels that it needs, directly or not: name, version, and a comment that says for what.</param>
internal sealed record WheelBundle(WheelChoice Choice, ImmutableArray<(string Name, string? Version, string Comment)> Needs);
