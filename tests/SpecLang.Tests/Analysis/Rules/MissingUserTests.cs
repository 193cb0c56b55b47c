using VPythonTools.SpecLang.Analysis.Rules;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingUserTests
{
    private readonly RuleTest<MissingUser> _test = new()
    {
        Path = "/src/tools/.vpython3",
        Files = new MemoryFiles().With("/src/.git/HEAD", "").With("/src/tools/here.py", "").With("/src/tools/über/x.py", ""),
    };

    [Fact]
    public void Paths_that_lead_to_nothing_are_found() => _test.Finds(
        """
        # Used by: [|//tools/gone.py|], //tools/here.py
        wheel: <>
        # Used by:
        #   //tools/here.py
        #   [|//tools/über/gone|].
        wheel: <>
        # used by [|//tools/old.py|] to do something
        """,
        "There is no '//tools/gone.py' in this repository. Correct the path, or remove the wheel if nothing else uses it.",
        "There is no '//tools/über/gone' in this repository. Correct the path, or remove the wheel if nothing else uses it.",
        "There is no '//tools/old.py' in this repository. Correct the path, or remove the wheel if nothing else uses it.");

    [Theory]
    [InlineData("# Used by: pytest-py3:7.3.1")]
    [InlineData("# Used by everyone.")]
    [InlineData("# Used by: //other/repository/x.py")]
    [InlineData("# Used by: //tools/*.py")]
    [InlineData("# Used by: //../../etc/gone")]
    [InlineData("# Not used by: //tools/gone.py")]
    [InlineData("# Used by:\n\n# //tools/gone.py")]
    public void Other_words_and_other_repositories_are_left_alone(string comment) => _test.Finds(comment + "\nwheel: <>");

    [Fact]
    public void A_NUL_ends_a_path() => _test.Finds($"#{new string('x', 8192)}\n# Used by: [|//tools/gone|]\0.py\nwheel: <>");

    [Fact]
    public void Without_a_repository_nobody_knows_what_a_path_means() =>
        new RuleTest<MissingUser> { Path = "/src/.vpython3", Files = new MemoryFiles().With("/src/tools/x", "") }.Finds("# Used by: //tools/gone.py\nwheel: <>");
}
