using System.Collections.Immutable;

namespace VPythonTools.Runner.Commands;

/// <summary>The patterns of the <c>.gitignore</c> files from the root of a repository down to a directory. Immutable.</summary>
internal sealed class GitIgnore
{
    private readonly ImmutableArray<Pattern> _patterns;

    private GitIgnore(ImmutableArray<Pattern> patterns) => _patterns = patterns;

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
        return current is null ? ignore : above.Aggregate(ignore, static (patterns, parent) => patterns.With(parent));
    }

    /// <summary>These patterns and those of a directory's own <c>.gitignore</c>.</summary>
    public GitIgnore With(string directory)
    {
        string file = Path.Combine(directory, ".gitignore");
        if (!File.Exists(file)) return this;
        return new(_patterns.AddRange(File.ReadLines(file).Select(line => Pattern.Parse(line, directory)).OfType<Pattern>()));
    }

    /// <summary>Whether a path is ignored; the last pattern that matches it decides.</summary>
    public bool Ignores(string path, bool isDirectory)
    {
        for (int i = _patterns.Length - 1; i >= 0; i--)
        {
            if (_patterns[i].Matches(path, isDirectory)) return !_patterns[i].IsException;
        }
        return false;
    }

    /// <summary>One line of a <c>.gitignore</c> file.</summary>
    private sealed record Pattern(string Directory, string[] Parts, bool IsException, bool IsForDirectories)
    {
        public static Pattern? Parse(string line, string directory)
        {
            string text = line.EndsWith("\\ ", StringComparison.Ordinal) ? line : line.TrimEnd();
            if (text.Length == 0 || text[0] == '#') return null;
            bool isException = text[0] == '!';
            if (isException) text = text[1..];
            bool isForDirectories = text.EndsWith('/');
            text = text.TrimEnd('/');
            // A pattern with a slash is meant from its directory on, one without at any depth.
            bool isAnchored = text.Contains('/', StringComparison.Ordinal);
            string[] parts = text.TrimStart('/').Split('/');
            if (parts is [""]) return null;
            return new(directory, isAnchored ? parts : ["**", .. parts], isException, isForDirectories);
        }

        public bool Matches(string path, bool isDirectory)
        {
            if (IsForDirectories && !isDirectory) return false;
            string[] names = Path.GetRelativePath(Directory, path).Split(Path.DirectorySeparatorChar);
            return MatchesParts(Parts, names);
        }

        private static bool MatchesParts(ReadOnlySpan<string> parts, ReadOnlySpan<string> names)
        {
            if (parts.IsEmpty) return names.IsEmpty;
            if (parts[0] != "**") return !names.IsEmpty && MatchesName(parts[0], names[0]) && MatchesParts(parts[1..], names[1..]);
            if (parts.Length == 1) return !names.IsEmpty;
            for (int skipped = 0; skipped <= names.Length; skipped++)
            {
                if (MatchesParts(parts[1..], names[skipped..])) return true;
            }
            return false;
        }

        private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
        {
            while (!pattern.IsEmpty)
            {
                switch (pattern[0])
                {
                    case '*':
                        for (int skipped = 0; skipped <= name.Length; skipped++)
                        {
                            if (MatchesName(pattern[1..], name[skipped..])) return true;
                        }
                        return false;
                    case '[' when pattern[1..].IndexOf(']') is > 0 and int end:
                        if (name.IsEmpty || !IsInSet(pattern[1..(end + 1)], name[0])) return false;
                        pattern = pattern[(end + 2)..];
                        break;
                    case '?':
                        if (name.IsEmpty) return false;
                        pattern = pattern[1..];
                        break;
                    default:
                        if (pattern[0] == '\\' && pattern.Length > 1) pattern = pattern[1..];
                        if (name.IsEmpty || name[0] != pattern[0]) return false;
                        pattern = pattern[1..];
                        break;
                }
                name = name[1..];
            }
            return name.IsEmpty;
        }

        private static bool IsInSet(ReadOnlySpan<char> set, char value)
        {
            bool isNegated = set[0] is '!' or '^';
            if (isNegated) set = set[1..];
            bool isIn = false;
            for (int i = 0; i < set.Length; i++)
            {
                if (i + 2 < set.Length && set[i + 1] == '-')
                {
                    isIn |= value >= set[i] && value <= set[i + 2];
                    i += 2;
                }
                else
                {
                    isIn |= value == set[i];
                }
            }
            return isIn != isNegated;
        }
    }
}
