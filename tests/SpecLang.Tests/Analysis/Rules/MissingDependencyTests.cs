using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingDependencyTests
{
    private readonly RuleTest<MissingDependency> _test = new()
    {
        Catalogue = new SmallCatalogue()
            .Universal("a-py3", "1.0", "b>=2", "w; sys_platform == 'win32'")
            .Universal("b-py3", "2.0", "c")
            .Universal("c-py3", "3.0")
            .Universal("lonely-py3", "1.0", "nowhere")
            .Universal("w-py3", "1.0")
            .Open(),
    };

    [Fact]
    public void What_is_needed_is_added_with_what_that_needs() => _test.Fixes(
        """
        python_version: "3.11"
        wheel: <
          name: [|"infra/python/wheels/a-py3"|]
          version: "version:1.0"
        >
        wheel: <
          name: "infra/python/wheels/w-py3"
          version: "version:1.0"
        >
        """,
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/a-py3"
          version: "version:1.0"
        >
        # via a
        wheel: <
          name: "infra/python/wheels/b-py3"
          version: "version:2.0"
        >
        # via b
        wheel: <
          name: "infra/python/wheels/c-py3"
          version: "version:3.0"
        >
        wheel: <
          name: "infra/python/wheels/w-py3"
          version: "version:1.0"
        >
        """,
        withUnsafe: true);

    [Fact]
    public void It_is_added_within_a_script()
    {
        var script = new RuleTest<MissingDependency> { Path = "/src/tool.py", Catalogue = _test.Catalogue };
        script.Fixes(
            "  # [VPYTHON:BEGIN]\r\n  # wheel: <name: [|'infra/python/wheels/b-py3'|] version: 'version:2.0'>\r\n  # [VPYTHON:END]\r\n",
            "  # [VPYTHON:BEGIN]\r\n  # wheel: <name: 'infra/python/wheels/b-py3' version: 'version:2.0'>\r\n  # # via b\r\n  # wheel: <\r\n  #   name: \"infra/python/wheels/c-py3\"\r\n"
                + "  #   version: \"version:3.0\"\r\n  # >\r\n  # [VPYTHON:END]\r\n",
            withUnsafe: true);
    }

    [Fact]
    public void The_message_says_who_needs_it_where_and_what_to_add() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/a-py3'|] version: 'version:1.0'>"
            + " wheel: <name: 'infra/python/wheels/b-py3' version: 'version:2.0'> wheel: <name: 'infra/python/wheels/c-py3' version: 'version:3.0'>",
        "'a' needs 'w', which the spec has no wheel of on windows-x64-py3.8, windows-x64-py3.11, windows-x86-py3.8 and windows-x86-py3.11. Add 'infra/python/wheels/w-py3', such as 1.0.");

    [Fact]
    public void What_the_catalogue_does_not_have_cannot_be_added() => _test.Finds(
        "wheel: <name: [|'infra/python/wheels/lonely-py3'|] version: 'version:1.0'>",
        "'lonely' needs 'nowhere', which the spec has no wheel of. The catalogue has none that suits.");

    [Fact]
    public void Another_version_of_the_same_minor_release_gives_a_hint()
    {
        Diagnostic found = Assert.Single(_test.Find("wheel: <name: 'infra/python/wheels/b-py3' version: 'version:2.0.4'>"));

        Assert.Equal(DiagnosticSeverity.Hint, found.Severity);
        Assert.Equal("'b' needs 'c' (as of 2.0, which is what the catalogue knows), which the spec has no wheel of. Add 'infra/python/wheels/c-py3', such as 3.0.", found.Message);
    }

    [Fact]
    public void Other_versions_and_broken_specs_say_nothing()
    {
        _test.Finds("wheel: <name: 'infra/python/wheels/b-py3' version: 'version:1.0'>");
        _test.Finds("wheel: <name: 'infra/python/wheels/b-py3' version: 'version:2.0'> wheel: <nam: 'infra/python/wheels/c-py3'>");
    }

    [Fact]
    public void A_wheel_that_tags_keep_away_is_not_added_again()
    {
        Diagnostic found = Assert.Single(_test.Find(
            "python_version: '3.11' wheel: <name: 'infra/python/wheels/b-py3' version: 'version:2.0'> wheel: <name: 'infra/python/wheels/c-py3' version: 'version:3.0' not_match_tag: <platform: 'win32'>>"));

        Assert.Equal("'b' needs 'c', which the spec has no wheel of on windows-x86-py3.11. There is one, but its tags keep it away there.", found.Message);
        Assert.Empty(found.Fixes);
    }
}
