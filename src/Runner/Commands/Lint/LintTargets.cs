using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Search;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>Finds the files to look at: those that are named, those of directories and patterns, those that have changed.</summary>
/// <param name="workingDirectory">The directory that paths are relative to.</param>
internal sealed class LintTargets(string workingDirectory)
{
    private readonly Dictionary<string, LintTarget> _targets = [];
    private readonly List<Failure> _failures = [];

    /// <summary>What could not be found.</summary>
    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>The files that are named by paths, directories and patterns, each once, in the order of their paths.</summary>
    public IReadOnlyList<LintTarget> Find(IReadOnlyList<string> paths)
    {
        foreach (string path in paths) AddPath(path);
        if (paths.Count == 0) AddDirectory(workingDirectory, "");
        return Sorted();
    }

    /// <summary>The files with specs among those that have changed, as far as they are below one of the paths; all when there are no paths.</summary>
    public IReadOnlyList<LintTarget> FindAmong(IReadOnlyList<string> changed, IReadOnlyList<string> paths)
    {
        var reader = new GuardReader();
        string[] roots = [.. paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, workingDirectory)))];
        foreach (string path in changed)
        {
            if (roots.Length > 0 && !roots.Any(root => IsAtOrBelow(path, root))) continue;
            if (SpecFileName.IsStandalone(path) || reader.HoldsGuard(path)) Add(path, RepositoryPaths.Relative(workingDirectory, path), isNamed: false);
            // What a script imports is the business of the spec beside it.
            string partner = path + ".vpython3";
            if (File.Exists(partner) && new FileInfo(partner).LinkTarget is null) Add(partner, RepositoryPaths.Relative(workingDirectory, partner), isNamed: false);
        }
        return Sorted();
    }

    private static bool IsAtOrBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == Path.DirectorySeparatorChar || Path.EndsInDirectorySeparator(root));

    private void AddPath(string path)
    {
        string full = Path.GetFullPath(path, workingDirectory);
        if (Directory.Exists(full)) AddDirectory(full, path);
        else if (File.Exists(full) || !path.AsSpan().ContainsAny("*?[")) Add(full, path, isNamed: true);
        else AddPattern(path);
    }

    private void AddDirectory(string directory, string shownDirectory)
    {
        foreach (SpecFile file in SpecFiles.In(directory)) Add(file.Path, Path.Combine(shownDirectory, Path.GetRelativePath(directory, file.Path)), isNamed: false);
    }

    private void AddPattern(string pattern)
    {
        string[] names = pattern.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        int plain = Array.FindIndex(names, static name => name.AsSpan().ContainsAny("*?["));
        string shownDirectory = string.Join(Path.DirectorySeparatorChar, names[..plain]);
        if (plain == 1 && names[0].Length == 0) shownDirectory = Path.DirectorySeparatorChar.ToString();
        string directory = Path.GetFullPath(shownDirectory.Length == 0 ? "." : shownDirectory, workingDirectory);
        bool hasMatches = false;
        List<SpecFile> files = Directory.Exists(directory) ? SpecFiles.Matching(directory, PathPattern.Anchored(string.Join('/', names[plain..])), out hasMatches) : [];
        foreach (SpecFile file in files) Add(file.Path, Path.Combine(shownDirectory, Path.GetRelativePath(directory, file.Path)), isNamed: false);
        if (!hasMatches) _failures.Add(new("VPY3502", "no file matches this pattern") { Location = pattern, NextStep = "correct it; ** stands for any number of directories, and what Git ignores does not count" });
    }

    private void Add(string path, string shownPath, bool isNamed) => _targets.TryAdd(path, new(path, shownPath.Replace(Path.DirectorySeparatorChar, '/'), isNamed));

    private LintTarget[] Sorted() => [.. _targets.Values.OrderBy(static target => target.Path, PathOrder.Instance)];
}
