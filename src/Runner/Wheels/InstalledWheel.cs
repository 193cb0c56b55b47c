using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>A distribution in an environment.</summary>
/// <param name="Distribution">Its normalised name.</param>
/// <param name="Version">Its version, as its metadata has it.</param>
/// <param name="Origin">The wheel that it came from.</param>
public sealed record InstalledWheel(DistributionName Distribution, string Version, string Origin);
