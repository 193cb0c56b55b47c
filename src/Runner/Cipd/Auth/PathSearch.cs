using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>Finds programs on the caller's PATH, in absolute directories only: a checkout should not bring its own.</summary>
internal static class PathSearch
{
    private static readonly string[] Endings = OperatingSystem.IsWindows() ? [".exe", ".bat", ".cmd"] : [""];

    /// <summary>The path of a program; null when there is none.</summary>
    public static string? Find(string name, EnvironmentBlock environment) =>
        (environment["PATH"] ?? "").Split(Path.PathSeparator)
            .Where(directory => Path.IsPathFullyQualified(directory) && !NativeText.HasEscapes(directory))
            .SelectMany(directory => Endings.Select(ending => Path.Combine(directory, name + ending)))
            .FirstOrDefault(IsProgram);

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
