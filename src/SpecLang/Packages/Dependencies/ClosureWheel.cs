using System.Collections.Immutable;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Dependencies;

/// <summary>A wheel as far as what it needs, and who needs it, is concerned.</summary>
/// <param name="Name">The package name, as specs write it.</param>
/// <param name="Distribution">The distribution that is in the package.</param>
/// <param name="Version">The version.</param>
/// <param name="Platforms">The platforms that get it.</param>
/// <param name="Index">Which of the given wheels it is, by the number that its giver has for it; null for one that the closure adds.</param>
public sealed record ClosureWheel(string Name, DistributionName Distribution, WheelVersion Version, ImmutableArray<SupportedPlatform> Platforms, int? Index = null);
