using System.Text.Json;
using CsCheck;
using VPythonTools.SpecLang.Python;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Python;

public sealed class VersionSpecifierTests
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">", "~=", "==="];

    private static readonly Gen<string> Clause = Gen.Select(
        Gen.OneOf(Operators), Gen.OneOf("", " "), VersionTexts.Any, Gen.Frequency((4, Gen.Const("")), (1, Gen.Const(".*"))), (sign, space, version, end) => sign + space + version + end)
        .Where(clause => !clause.StartsWith("===", StringComparison.Ordinal) || !clause.Contains(',', StringComparison.Ordinal));

    [Theory]
    [InlineData(">=1.0,<2", "1.5", true)]
    [InlineData(">=1.0,<2", "2.0", false)]
    [InlineData("", "0.1", true)]
    [InlineData("~=2.2", "2.9", true)]
    [InlineData("~=2.2", "3.0", false)]
    [InlineData("~=2.2.post3", "2.9", true)]
    [InlineData("~=1.4.5a4", "1.4.9", true)]
    [InlineData("==1.1.*", "1.1.5+chromium.1", true)]
    [InlineData("==1.1", "1.1+chromium.1", true)]
    [InlineData("==1.1+chromium.1", "1.1", false)]
    [InlineData("!=1.1.*", "1.1a1", false)]
    [InlineData(">1.7", "1.7.post2", false)]
    [InlineData(">1.7", "1.7+chromium.1", false)]
    [InlineData(">1.7.post1", "1.7.post2", true)]
    [InlineData("<1.7", "1.7rc1", false)]
    [InlineData("<1.7rc2", "1.7rc1", true)]
    [InlineData("<=1.7", "1.7+chromium.1", true)]
    [InlineData("===1.0", "1.0", true)]
    [InlineData("===1.0", "1.0.0", false)]
    [InlineData("===text", "1.0", false)]
    public void Clauses_admit_what_the_PEP_says(string specifier, string version, bool admitted) =>
        Assert.Equal(admitted, Set(specifier).AdmitsPinned(Version(version)));

    [Fact]
    public void A_pre_release_is_admitted_where_a_clause_names_one_or_where_it_is_pinned()
    {
        Assert.False(Set(">=1.0").Admits(Version("1.1rc1")));
        Assert.True(Set(">=1.0").AdmitsPinned(Version("1.1rc1")));
        Assert.True(Set(">=1.0a1").Admits(Version("1.1rc1")));
        Assert.False(Set("<2.0a1").Admits(Version("1.1rc1")));
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("=1.0")]
    [InlineData(">=1.0.*")]
    [InlineData("~=1")]
    [InlineData(">=1.0+local")]
    [InlineData("==1.0a1.*")]
    [InlineData("==1.0 .*")]
    [InlineData("==")]
    [InlineData("=== a b")]
    public void Other_texts_are_no_specifiers(string text)
    {
        Assert.False(VersionSpecifierSet.TryParse(text, out _, out string? error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void A_set_of_too_many_clauses_is_refused() =>
        Assert.False(VersionSpecifierSet.TryParse(string.Join(',', Enumerable.Repeat(">1", VersionSpecifierSet.MaximumClauses + 1)), out _, out _));

    [Fact]
    public void A_set_that_is_written_reads_as_the_same() => Clause.Array[0, 3].Select(clauses => string.Join(" , ", clauses)).Sample(text =>
        !VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? set, out _) || set == Set(set.ToString()));

    [Fact]
    public void The_packaging_library_admits_the_same()
    {
        (string Specifier, string Version)[] cases = [.. Gen.Select(Gen.Frequency((3, Clause), (1, Clause.Array[0, 3].Select(clauses => string.Join(',', clauses)))), VersionTexts.Valid).Array[6000].Single()];
        JsonElement answer = PackagingLibrary.Ask(
            """
            def judge(specifier, version):
                known = attempt(lambda: SpecifierSet(specifier), InvalidSpecifier)
                if known is None or any(type(one).__name__ == "LegacySpecifier" for one in known):
                    return None
                # It raises this error where the text behind === ends in .* and is no version.
                return [known.contains(version, prereleases=True), attempt(lambda: known.contains(version), InvalidVersion)]
            answer = [judge(*case) for case in data]
            """,
            cases.Select(one => new[] { one.Specifier, one.Version }));
        int admitted = 0;
        Assert.All(cases.Zip(answer.EnumerateArray()), pair =>
        {
            ((string text, string versionText), JsonElement expected) = pair;
            if (IsMisjudged(text, versionText)) return;
            bool isValid = VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? set, out _);
            if (expected.ValueKind == JsonValueKind.Null)
            {
                Assert.False(isValid, $"'{text}' is no specifier");
                return;
            }
            Assert.True(isValid, $"'{text}' is a specifier");
            Pep440Version version = Version(versionText);
            Assert.Equal((text, versionText, expected[0].GetBoolean()), (text, versionText, set!.AdmitsPinned(version)));
            if (expected[1].ValueKind != JsonValueKind.Null) Assert.Equal((text, versionText, expected[1].GetBoolean()), (text, versionText, set.Admits(version)));
            if (expected[0].GetBoolean()) admitted++;
        });
        Assert.True(admitted > 200);
    }

    /// <summary>
    /// What Debian 12's packaging 23.0 gets wrong: <c>===</c> without a version; epochs in comparisons by prefix; <c>~=</c> with a version that is not in
    /// normal form.
    /// </summary>
    private static bool IsMisjudged(string text, string version)
    {
        string[] clauses = [.. text.Split(',').Select(clause => clause.Replace(" ", "", StringComparison.Ordinal))];
        bool comparesPrefix = clauses.Any(clause => clause.StartsWith("~=", StringComparison.Ordinal) || clause.EndsWith(".*", StringComparison.Ordinal));
        return clauses.Contains("===")
            || (comparesPrefix && (text + version).Contains('!', StringComparison.Ordinal))
            || clauses.Any(clause => clause.StartsWith("~=", StringComparison.Ordinal) && Pep440Version.TryParse(clause[2..], out Pep440Version? read, out _) && read.ToString() != clause[2..]);
    }

    private static VersionSpecifierSet Set(string text) =>
        VersionSpecifierSet.TryParse(text, out VersionSpecifierSet? set, out string? error) ? set : throw new ArgumentException(error);

    private static Pep440Version Version(string text) =>
        Pep440Version.TryParse(text, out Pep440Version? version, out string? error) ? version : throw new ArgumentException(error);
}
