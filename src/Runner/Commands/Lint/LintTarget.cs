namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A file to look at.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="ShownPath">The path in the report.</param>
/// <param name="IsNamed">Whether the caller named it, and not a directory or pattern: what is wrong with it as a file is said then.</param>
internal readonly record struct LintTarget(string Path, string ShownPath, bool IsNamed);
