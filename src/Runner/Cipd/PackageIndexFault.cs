namespace VPythonTools.Runner.Cipd;

/// <summary>What is wrong with the index of a package directory.</summary>
/// <param name="Reason">The problem, as the end of a sentence.</param>
/// <param name="Position">The line and column where reading ended, both from 1, where the file is no JSON; null where it is, and says
/// something wrong.</param>
public sealed record PackageIndexFault(string Reason, (int Line, int Column)? Position = null);
