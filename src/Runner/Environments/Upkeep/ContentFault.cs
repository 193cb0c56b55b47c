namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>Something in an environment that is not as it was.</summary>
/// <param name="Path">The path relative to the environment.</param>
/// <param name="Kind">What is wrong with it.</param>
internal readonly record struct ContentFault(string Path, ContentFaultKind Kind);
