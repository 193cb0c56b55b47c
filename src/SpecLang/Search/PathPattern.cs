namespace VPythonTools.SpecLang.Search;

/// <summary>
/// A pattern of paths as <c>.gitignore</c> writes them: <c>*</c> and <c>?</c> within a name, <c>[a-z]</c>, <c>\</c> before a character that means itself,
/// and <c>**</c> for any number of names. Takes at most the length of the pattern times that of the path, and no memory.
/// </summary>
public sealed class PathPattern
{
    private const string AnyNames = "**";

    private readonly string[] _parts;

    private PathPattern(string[] parts) => _parts = parts;

    /// <summary>How many names a path must have at least.</summary>
    public int Depth => _parts.Count(static part => part != AnyNames);

    /// <summary>Whether it can match paths of any number of names.</summary>
    public bool HasAnyDepth => _parts.Contains(AnyNames);

    /// <summary>A pattern for paths from its directory on.</summary>
    public static PathPattern Anchored(string text) => new(text.Split('/', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A pattern for paths at any depth.</summary>
    public static PathPattern AtAnyDepth(string text) => new([AnyNames, .. text.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>Whether a path matches.</summary>
    /// <param name="path">A path below the directory of the pattern.</param>
    public bool Matches(ReadOnlySpan<char> path)
    {
        // Names at the end of an unanchored pattern are looked at first: most patterns are one name, and most paths do not have it.
        if (_parts is [AnyNames, var only] && only != AnyNames) return MatchesName(only, path[(LastSeparator(path) + 1)..]);
        int part = 0;
        int at = 0;
        int partBehindAny = -1;
        int atBehindAny = 0;
        while (at <= path.Length)
        {
            if (part < _parts.Length && _parts[part] == AnyNames)
            {
                if (++part == _parts.Length) return true;
                (partBehindAny, atBehindAny) = (part, at);
                continue;
            }
            int end = EndOfName(path, at);
            if (part < _parts.Length && MatchesName(_parts[part], path[at..end]))
            {
                part++;
                at = end + 1;
                continue;
            }
            if (partBehindAny < 0) return false;
            at = atBehindAny = EndOfName(path, atBehindAny) + 1;
            part = partBehindAny;
        }
        return part == _parts.Length;
    }

    private static int EndOfName(ReadOnlySpan<char> path, int start)
    {
        int length = path[start..].IndexOfAny('/', Path.DirectorySeparatorChar);
        return length < 0 ? path.Length : start + length;
    }

    private static int LastSeparator(ReadOnlySpan<char> path) => path.LastIndexOfAny('/', Path.DirectorySeparatorChar);

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int at = 0;
        int read = 0;
        int behindStar = -1;
        int readAtStar = 0;
        while (read < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                behindStar = ++at;
                readAtStar = read;
            }
            else if (at < pattern.Length && TakesOne(pattern, at, name[read], out int next))
            {
                at = next;
                read++;
            }
            else if (behindStar >= 0)
            {
                at = behindStar;
                read = ++readAtStar;
            }
            else
            {
                return false;
            }
        }
        while (at < pattern.Length && pattern[at] == '*') at++;
        return at == pattern.Length;
    }

    private static bool TakesOne(ReadOnlySpan<char> pattern, int at, char value, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '[' when EndOfSet(pattern, at) is > 0 and int end:
                next = end + 1;
                return IsInSet(pattern[(at + 1)..end], value);
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return pattern[at + 1] == value;
            default:
                return pattern[at] == value;
        }
    }

    /// <summary>The bracket that closes a set; zero where there is none, and the opening bracket means itself. Right behind the opening, a bracket is a member.</summary>
    private static int EndOfSet(ReadOnlySpan<char> pattern, int open)
    {
        int at = open + 1;
        if (at < pattern.Length && pattern[at] is '!' or '^') at++;
        for (int first = at; at < pattern.Length; at++)
        {
            if (pattern[at] == ']' && at > first) return at;
            if (pattern[at] == '\\') at++;
            else if (pattern[at..].StartsWith("[:") && pattern[(at + 2)..].IndexOf(":]") is >= 0 and int length) at += length + 3;
        }
        return 0;
    }

    private static bool IsInSet(ReadOnlySpan<char> set, char value)
    {
        bool isNegated = set[0] is '!' or '^';
        if (isNegated) set = set[1..];
        bool isIn = false;
        while (!set.IsEmpty)
        {
            if (set.StartsWith("[:") && set[2..].IndexOf(":]") is >= 0 and int length)
            {
                isIn |= IsInClass(set.Slice(2, length), value);
                set = set[(length + 4)..];
                continue;
            }
            char least = TakeMember(ref set);
            char most = least;
            if (set.Length > 1 && set[0] == '-')
            {
                set = set[1..];
                most = TakeMember(ref set);
            }
            isIn |= value >= least && value <= most;
        }
        return isIn != isNegated;
    }

    private static char TakeMember(ref ReadOnlySpan<char> set)
    {
        int at = set[0] == '\\' && set.Length > 1 ? 1 : 0;
        char member = set[at];
        set = set[(at + 1)..];
        return member;
    }

    private static bool IsInClass(ReadOnlySpan<char> name, char value) => name switch
    {
        "alpha" => char.IsAsciiLetter(value),
        "digit" => char.IsAsciiDigit(value),
        "alnum" => char.IsAsciiLetterOrDigit(value),
        "upper" => char.IsAsciiLetterUpper(value),
        "lower" => char.IsAsciiLetterLower(value),
        "xdigit" => char.IsAsciiHexDigit(value),
        "space" => value is ' ' or (>= '\t' and <= '\r'),
        "blank" => value is ' ' or '\t',
        "punct" => value is > ' ' and < (char)0x7F && !char.IsAsciiLetterOrDigit(value),
        "cntrl" => value is < ' ' or (char)0x7F,
        "print" => value is >= ' ' and < (char)0x7F,
        "graph" => value is > ' ' and < (char)0x7F,
        _ => false,
    };
}
