namespace VPythonTools.Runner.CommandLine;

/// <summary>Our flags and Python's command line, taken apart.</summary>
/// <param name="Options">What our flags said.</param>
/// <param name="Python">The rest.</param>
public sealed record SplitCommandLine(RunnerOptions Options, PythonCommandLine Python);
