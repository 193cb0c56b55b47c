using System.Diagnostics;
using CsCheck;
using VPythonTools.Runner.Commands.Search;
using Xunit;

namespace VPythonTools.Runner.Tests.Commands.Search;

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
