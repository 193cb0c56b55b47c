using System.Diagnostics;
using CsCheck;
using VPythonTools.SpecLang.Search;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Search;

public sealed class PathPatternTests
{
    private static readonly string[] Pieces = ["*", "a", "b", "?", "/", "**/", "/**/"];

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("a/*", "a/b", true)]
    [InlineData("a/*", "a/b/c", false)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("**/a", "a", true)]
    [InlineData("**/a", "x/y/a", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/x/y/c", false)]
    [InlineData("a/**/b/**/c", "a/b/x/b/c", true)]
    [InlineData("*.py", "x.py", true)]
    [InlineData("*.py", ".py", true)]
    [InlineData("a*b*c", "aXbXbc", true)]
    [InlineData("a*b*c", "aXbXcX", false)]
    [InlineData("?", "", false)]
    [InlineData("?", "x", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[]x", "[]x", true)]
    [InlineData("[]x]y", "]y", true)]
    [InlineData("[]x]y", "xy", true)]
    [InlineData("[!]x]y", "xy", false)]
    [InlineData("[\\]]y", "]y", true)]
    [InlineData("[a\\-c]", "b", false)]
    [InlineData("[[:alpha:]_].x", "q.x", true)]
    [InlineData("[[:alpha:]_].x", "_.x", true)]
    [InlineData("[![:digit:]]", "7", false)]
    [InlineData("[b-a]", "a", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "x", false)]
    public void Anchored_patterns(string pattern, string path, bool matches) => Assert.Equal(matches, PathPattern.Anchored(pattern).Matches(path));

    [Theory]
    [InlineData("*.py", "a/b/x.py", true)]
    [InlineData("*.py", "a.py/x", false)]
    [InlineData("a", "x/a", true)]
    [InlineData("a", "xa", false)]
    public void Patterns_at_any_depth(string pattern, string path, bool matches) => Assert.Equal(matches, PathPattern.AtAnyDepth(pattern).Matches(path));

    [Fact]
    public void Git_gives_the_same_answer()
    {
        using var directory = new TemporaryDirectory();
        string git = Requirement.Tool("git");
        Assert.Equal(0, ProcessRun.Of(git, ["init", "-q"], directory.Path).ExitCode);
        string[] pieces = ["*", "**", "?", "a", "b", "/", "[ab]", "[!a]", "[^b]", "[]a]", "[!]b]", "[[:alpha:]]", "[a-c]", "\\a", ".x"];
        string[] paths = ["a", "b", "ab", "ba", "a/b", "a/a/b", "b/a/a", "a.x", "ab.x", "b/a.x", "]", "]a", "c", "a/]"];
        var random = new Random(3);
        for (int round = 0; round < 150; round++)
        {
            string pattern = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (pattern.Contains("//", StringComparison.Ordinal) || pattern.Contains("***", StringComparison.Ordinal) || pattern.Trim('/').Length == 0) continue;
            directory.Write(".gitignore", pattern + "\n");
            GitIgnore ours = GitIgnore.For(directory.Path).With(directory.Path);
            // Git looks at each directory on the way, as the search does.
            string[] expected = ProcessRun.Of(git, ["check-ignore", "--no-index", .. paths], directory.Path).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] actual = [.. paths.Where(path => Ancestors(path).Any(parent => ours.Ignores(directory.Combine(parent), isDirectory: true)) || ours.Ignores(directory.Combine(path), isDirectory: false))];
            Assert.True(expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)), $"{pattern}: Git ignores {string.Join(' ', expected)}, and we {string.Join(' ', actual)}");
        }
    }

    private static IEnumerable<string> Ancestors(string path) =>
        from index in Enumerable.Range(0, path.Length) where path[index] == '/' select path[..index];

    [Fact]
    public void The_answer_is_that_of_the_definition() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[0, 6], Gen.Char["ab/"].Array[0, 8]).Sample((pattern, path) =>
        {
            string[] parts = string.Concat(pattern.Select(static piece => Pieces[piece])).Split('/', StringSplitOptions.RemoveEmptyEntries);
            string[] names = new string(path).Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0 || names.Length == 0) return;
            Assert.Equal(Defined(parts, names), PathPattern.Anchored(string.Join('/', parts)).Matches(string.Join('/', names)));
        });

    [Fact]
    public void A_hostile_pattern_takes_no_more_time_than_its_length_times_that_of_the_path()
    {
        string pattern = string.Concat(Enumerable.Repeat("*a", 200)) + "b";
        string deep = string.Concat(Enumerable.Repeat("**/a/", 200)) + "b";
        long start = Stopwatch.GetTimestamp();
        Assert.False(PathPattern.Anchored(pattern).Matches(new string('a', 4000)));
        Assert.False(PathPattern.Anchored(deep).Matches(string.Join('/', Enumerable.Repeat("a", 2000))));
        // With a way back at each star it would be longer than the age of the universe.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 60);
    }

    private static bool Defined(ReadOnlySpan<string> parts, ReadOnlySpan<string> names)
    {
        if (parts.IsEmpty) return names.IsEmpty;
        if (parts[0] != "**") return !names.IsEmpty && DefinedName(parts[0], names[0]) && Defined(parts[1..], names[1..]);
        if (parts.Length == 1) return !names.IsEmpty;
        for (int skipped = 0; skipped <= names.Length; skipped++)
        {
            if (Defined(parts[1..], names[skipped..])) return true;
        }
        return false;
    }

    private static bool DefinedName(string pattern, string name) => pattern.Length == 0
        ? name.Length == 0
        : pattern[0] == '*'
            ? DefinedName(pattern[1..], name) || name.Length > 0 && DefinedName(pattern, name[1..])
            : name.Length > 0 && (pattern[0] == '?' || pattern[0] == name[0]) && DefinedName(pattern[1..], name[1..]);
}
