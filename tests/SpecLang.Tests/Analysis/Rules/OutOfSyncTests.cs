using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class OutOfSyncTests
{
    private readonly MemoryFiles _files = new MemoryFiles()
        .With("/src/.git/HEAD", "")
        .With("/src/lib/.vpython3", "wheel: <name: 'a' version: 'version:1.0'> wheel: <name: 'b' version: 'version:2.0'>")
        .With("/src/scripts/pylint", "# [VPYTHON:BEGIN]\n# wheel: <name: 'a' version: 'version:1.0'>\n# [VPYTHON:END]\n")
        .With("/src/constraints.txt", "a==9")
        .With("/secret/.vpython3", "wheel: <name: 'a' version: 'version:9'>");

    [Fact]
    public void A_whole_spec_has_the_same_wheels() => Rule().Finds(
        "[|# Keep in sync with //lib/.vpython3.|]\n\nwheel: <name: 'a' version: [|'version:1.1'|]>\nwheel: <name: [|'c'|] version: 'version:3.0'>",
        "'b' is missing here and 2.0 in '//lib/.vpython3', with which line 1 says that it agrees. Make both the same.",
        "'a' is 1.1 here and 1.0 in '//lib/.vpython3', with which line 1 says that it agrees. Make both the same.",
        "'c' is 3.0 here and missing in '//lib/.vpython3', with which line 1 says that it agrees. Make both the same.");

    [Fact]
    public void Directly_above_a_wheel_it_speaks_of_those_up_to_an_empty_line() => Rule().Fixes(
        "wheel: <name: 'a' version: 'version:7'>\n# NB: Keep in sync with scripts/pylint.\nwheel: <\n  name: \"a\"\n  version: [|\"version:1.1\"|]\n>\n\nwheel: <name: 'a' version: 'version:8'>\n",
        "wheel: <name: 'a' version: 'version:7'>\n# NB: Keep in sync with scripts/pylint.\nwheel: <\n  name: \"a\"\n  version: \"version:1.0\"\n>\n\nwheel: <name: 'a' version: 'version:8'>\n",
        withUnsafe: true);

    [Fact]
    public void The_same_versions_are_asked_only_of_what_both_have() => Rule().Finds(
        "# Use the same versions specified by //lib/.vpython3 so that\n# all is well.\nwheel: <name: 'c' version: 'version:3.0'>\nwheel: <name: 'b' version: [|'version:1.1'|]>");

    [Fact]
    public void A_comment_speaks_of_wheels_up_to_the_next_such_comment() => Rule().Finds(
        "# Use the same versions as //lib/.vpython3\nwheel: <name: 'a' version: [|'version:9'|]>\n# Keep in sync with //scripts/pylint\nwheel: <name: 'a' version: 'version:1.0'>\nwheel: <name: [|'b'|] version: 'version:9'>");

    [Theory]
    [InlineData("[|# Keep in sync with `//lib/.vpython3`|].")]
    [InlineData("[|# Keep this in sync|]\n# with //lib/.vpython3.")]
    [InlineData("[|# NB: keep in sync with|]\n#   \"//lib/.vpython3\"")]
    public void The_path_may_be_quoted_and_the_sentence_go_on_in_the_next_line(string comment) =>
        Rule().Finds(comment.Replace("|].", ".|]", StringComparison.Ordinal) + "\n\nwheel: <name: 'a' version: [|'version:1.1'|]>\n");

    [Fact]
    public void A_spec_that_is_not_there_is_told_once() => Rule().Finds(
        "[|# Keep synchronised with //lib/gone.vpython3.|]\n\n# Keep synchronised with //lib/gone.vpython3\nwheel: <name: 'a' version: 'version:1.0'>",
        "There is no '//lib/gone.vpython3' in this repository, with which this comment says that the spec agrees. Correct the path, or remove the comment.");

    [Fact]
    public void What_is_said_again_finds_nothing_again()
    {
        const int Count = 10_000;
        string comments = string.Concat(Enumerable.Repeat("# Keep in sync with //lib/.vpython3\n\n", Count));
        string wheels = string.Concat(Enumerable.Range(0, Count).Select(static index => $"# Keep in sync with //lib//.vpython3\nwheel: <name: 'w{index}'>\n"));

        // Each wheel by its own comment and by the first of those about the whole spec, and the two wheels that are missing: the work grows as the text does.
        Assert.Equal((2 * Count) + 2, Rule().Find(comments + wheels).Length);
    }

    [Theory]
    [InlineData("# Keep in sync with //lib/.vpython3")]
    [InlineData("# Keep this list synchronized with ../lib/.vpython3")]
    [InlineData("# Keep in sync with lib/.vpython3")]
    [InlineData("# Keep synchronised with //other/repository/gone.vpython3")]
    [InlineData("# Keep in sync with //../secret/gone.vpython3")]
    [InlineData("# Try to keep this in sync with constraints.txt.")]
    [InlineData("# Keep in sync with //../secret/.vpython3")]
    [InlineData("# Keep in sync with ../../secret/.vpython3")]
    [InlineData("# Keep calm. Nothing in sync with //lib/.vpython3")]
    public void What_agrees_or_is_no_spec_of_the_repository_is_not_found(string comment) =>
        Rule().Finds(comment + "\n\nwheel: <name: 'a' version: 'version:1.0'>\nwheel: <name: 'b' version: 'version:2.0'>");

    private RuleTest<OutOfSync> Rule() => new() { Path = "/src/scripts/.vpython3", Files = _files };
}
