using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Search;

/// <summary>The patterns of <c>core.excludesFile</c>, of <c>.git/info/exclude</c> and of the <c>.gitignore</c> files from the root of a repository down to a directory. Immutable.</summary>
public sealed class GitIgnore
{
    /// <summary>Longer files are not read: nobody writes one.</summary>
    private const int LargestFile = 1 << 20;

    private readonly ImmutableArray<Pattern> _patterns;

    private GitIgnore(ImmutableArray<Pattern> patterns) => _patterns = patterns;

    /// <summary>Whether nothing is ignored.</summary>
    public bool IsEmpty => _patterns.IsEmpty;

    /// <summary>The patterns of all directories above this one, up to the root of its repository; none outside a repository.</summary>
    public static GitIgnore For(string directory)
    {
        var above = new Stack<string>();
        string? current = Path.GetFullPath(directory);
        while (current is not null && !Path.Exists(Path.Combine(current, ".git")))
        {
            current = Path.GetDirectoryName(current);
            if (current is not null) above.Push(current);
        }
        var ignore = new GitIgnore([]);
        if (current is null) return ignore;
        if (GitExcludesFile.Find(current) is { } excludes) ignore = ignore.With(excludes, current);
        return above.Aggregate(ignore.With(Path.Combine(current, ".git", "info", "exclude"), current), static (patterns, parent) => patterns.With(parent));
    }

    /// <summary>These patterns and those of a directory's own <c>.gitignore</c>.</summary>
    public GitIgnore With(string directory) => With(Path.Combine(directory, ".gitignore"), directory);

    /// <summary>Whether a path is ignored; the last pattern that matches it decides.</summary>
    /// <param name="path">An absolute path below the directories that the patterns are of.</param>
    /// <param name="isDirectory">Whether it is a directory.</param>
    public bool Ignores(ReadOnlySpan<char> path, bool isDirectory)
    {
        for (int i = _patterns.Length - 1; i >= 0; i--)
        {
            if (_patterns[i].Matches(path, isDirectory)) return !_patterns[i].IsException;
        }
        return false;
    }

    private GitIgnore With(string file, string directory)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists || info.Length > LargestFile) return this;
            return new(_patterns.AddRange(File.ReadLines(file).Select(line => Pattern.Parse(line, directory)).OfType<Pattern>()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return this;
        }
    }

    /// <summary>One line of a file.</summary>
    /// <param name="Paths">The paths that it speaks of.</param>
    /// <param name="DirectoryLength">The length of the path of its directory, with the separator behind it.</param>
    /// <param name="IsException">Whether it takes back what others ignore.</param>
    /// <param name="IsForDirectories">Whether it speaks of directories only.</param>
    private sealed record Pattern(PathPattern Paths, int DirectoryLength, bool IsException, bool IsForDirectories)
    {
        public static Pattern? Parse(string line, string directory)
        {
            string text = line.EndsWith("\\ ", StringComparison.Ordinal) ? line : line.TrimEnd();
            if (text.Length == 0 || text[0] == '#') return null;
            bool isException = text[0] == '!';
            if (isException) text = text[1..];
            bool isForDirectories = text.EndsWith('/');
            text = text.TrimEnd('/');
            if (text.Trim('/').Length == 0) return null;
            // A pattern with a slash is meant from its directory on, one without at any depth.
            bool isAnchored = text.Contains('/', StringComparison.Ordinal);
            int length = Path.EndsInDirectorySeparator(directory) ? directory.Length : directory.Length + 1;
            return new(isAnchored ? PathPattern.Anchored(text) : PathPattern.AtAnyDepth(text), length, isException, isForDirectories);
        }

        public bool Matches(ReadOnlySpan<char> path, bool isDirectory) =>
            (isDirectory || !IsForDirectories) && path.Length > DirectoryLength && Paths.Matches(path[DirectoryLength..]);
    }
}
