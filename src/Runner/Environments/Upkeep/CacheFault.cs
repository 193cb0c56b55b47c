namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>Something kept that is not what it should be.</summary>
/// <param name="Path">Where it is; removing it mends the cache.</param>
/// <param name="Reason">What is wrong with it, the end of a sentence that begins with the path.</param>
internal readonly record struct CacheFault(string Path, string Reason);
