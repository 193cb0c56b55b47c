namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>A file of an environment that says what else is in it, with a hash of what it said when the environment was complete.</summary>
/// <param name="Path">The path relative to the environment, with <c>/</c>.</param>
/// <param name="Hash">The hash as 16 hexadecimal digits; null for a link or a file of which only the presence counts.</param>
internal sealed record ContentMark(string Path, string? Hash);
