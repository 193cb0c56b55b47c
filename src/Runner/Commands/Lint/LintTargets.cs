using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Search;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>Finds the files to look at: those that are named, those of directories and patterns, those that have changed.</summary>
/// <param name="workingDirectory">The directory that paths are relative to.</param>
internal sealed class LintTargets(string workingDirectory)
{
    private readonly Dictionary<string, LintTarget> _targets = [];
    private readonly List<Failure> _failures = [];
    private readonly List<string> _warnings = [];

    /// <summary>What is left out, and why, as lines for standard error.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What could not be found.</summary>
    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>The files that are named by paths, directories and patterns, each once, in the order of their paths.</summary>
    public IReadOnlyList<LintTarget> Find(IReadOnlyList<string> paths)
    {
        foreach (string path in paths) AddPath(path);
        if (paths.Count == 0) AddDirectory(workingDirectory, "");
        return Sorted();
    }

    /// <summary>
    /// The files with specs among those that have changed, as far as a path names them, leads to a directory around them, or is a pattern that they match; all when
    /// there are no paths. What no path can name is a failure, as it is where everything is looked at.
    /// </summary>
    /// <param name="changed">Absolute paths without links.</param>
    /// <param name="paths">What the caller named.</param>
    public IReadOnlyList<LintTarget> FindAmong(IReadOnlyList<string> changed, IReadOnlyList<string> paths)
    {
        var reader = new GuardReader();
        string shownFrom = WithoutLinks(workingDirectory) ?? workingDirectory;
        HashSet<string>? wanted = paths.Count == 0 ? null : [.. paths.SelectMany(path => Narrow(changed, path))];
        foreach (string path in changed)
        {
            if (wanted?.Contains(path) == false) continue;
            if (SpecFileName.IsStandalone(path) || !SpecFileName.IsPage(path) && reader.HoldsGuard(path)) Add(path, RelativePath.Of(shownFrom, path), isNamed: false);
            // What a script imports is the business of the spec beside it.
            string partner = path + ".vpython3";
            if (File.Exists(partner) && new FileInfo(partner).LinkTarget is null) Add(partner, RelativePath.Of(shownFrom, partner), isNamed: false);
        }
        return Sorted();
    }

    /// <summary>What of the files that have changed a path of the caller speaks of.</summary>
    private string[] Narrow(IReadOnlyList<string> changed, string path)
    {
        string full = Path.GetFullPath(path, workingDirectory);
        if (Path.Exists(full) || !IsPattern(path))
        {
            if (WithoutLinks(full) is { } target) return [.. changed.Where(file => BelowOrAt(file, target) is not null)];
            _failures.Add(new("VPY3006", "cannot be looked at: there is no such file or directory") { Location = path, NextStep = "correct the path, or leave it out to look at all that has changed" });
            return [];
        }
        (string shownDirectory, PathPattern pattern) = TakeApart(path);
        string directory = Path.GetFullPath(shownDirectory.Length == 0 ? "." : shownDirectory, workingDirectory);
        string[] matching = WithoutLinks(directory) is { } root ? [.. changed.Where(file => BelowOrAt(file, root) is { Length: > 0 } rest && MatchesOrLiesIn(pattern, rest))] : [];
        bool hasMatches = matching.Length > 0;
        // That nothing of it has changed is no mistake; that nothing is called so is one.
        if (!hasMatches && Directory.Exists(directory)) SpecFiles.Matching(directory, pattern, out hasMatches);
        if (!hasMatches) FailPattern(path);
        return matching;
    }

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny("*?[");

    private static string? WithoutLinks(string path) => PhysicalFileSystem.Instance.ResolveLinks(path);

    /// <summary>The rest of a path from a directory on, empty for that itself; null when it lies elsewhere.</summary>
    private static string? BelowOrAt(string path, string root)
    {
        root = Path.TrimEndingDirectorySeparator(root);
        if (path == root) return "";
        if (!Path.EndsInDirectorySeparator(root)) root += Path.DirectorySeparatorChar;
        return path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : null;
    }

    private static bool MatchesOrLiesIn(PathPattern pattern, string path)
    {
        for (ReadOnlySpan<char> rest = path; !rest.IsEmpty; rest = Path.GetDirectoryName(rest))
        {
            if (pattern.Matches(rest)) return true;
        }
        return false;
    }

    private void AddPath(string path)
    {
        string full = Path.GetFullPath(path, workingDirectory);
        if (Directory.Exists(full)) AddDirectory(full, path);
        else if (File.Exists(full) || !IsPattern(path)) Add(full, path, isNamed: true);
        else AddPattern(path);
    }

    private void AddDirectory(string directory, string shownDirectory)
    {
        List<SpecFile> files = SpecFiles.In(directory, out IReadOnlyList<string> leftOut);
        foreach (SpecFile file in files) Add(file.Path, Path.Combine(shownDirectory, Path.GetRelativePath(directory, file.Path)), isNamed: false);
        foreach (string path in leftOut) _warnings.Add($"{Path.Combine(shownDirectory, Path.GetRelativePath(directory, path))}: warning: is left out, since its name is not UTF-8 [VPY3510]");
    }

    private void AddPattern(string path)
    {
        (string shownDirectory, PathPattern pattern) = TakeApart(path);
        string directory = Path.GetFullPath(shownDirectory.Length == 0 ? "." : shownDirectory, workingDirectory);
        bool hasMatches = false;
        List<SpecFile> files = Directory.Exists(directory) ? SpecFiles.Matching(directory, pattern, out hasMatches) : [];
        foreach (SpecFile file in files) Add(file.Path, Path.Combine(shownDirectory, Path.GetRelativePath(directory, file.Path)), isNamed: false);
        if (!hasMatches) FailPattern(path);
    }

    /// <summary>The directory that a pattern starts at, as the caller wrote it, and the pattern from there on.</summary>
    private static (string Directory, PathPattern Pattern) TakeApart(string path)
    {
        string[] names = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        int plain = Array.FindIndex(names, static name => IsPattern(name));
        string directory = string.Join(Path.DirectorySeparatorChar, names[..plain]);
        if (plain == 1 && names[0].Length == 0) directory = Path.DirectorySeparatorChar.ToString();
        return (directory, PathPattern.Anchored(string.Join('/', names[plain..])));
    }

    private void FailPattern(string path) =>
        _failures.Add(new("VPY3502", "no file matches this pattern") { Location = path, NextStep = "correct it; ** stands for any number of directories, and what Git ignores does not count" });

    private void Add(string path, string shownPath, bool isNamed) => _targets.TryAdd(path, new(path, shownPath.Replace(Path.DirectorySeparatorChar, '/'), isNamed));

    private LintTarget[] Sorted() => [.. _targets.Values.OrderBy(static target => target.Path, PathOrder.Instance)];
}
