using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Platforms;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis.Rules;

public sealed class MissingBuildTests
{
    private const string Verify = """
        verify_pep425_tag: [
          {python: "cp311", abi: "cp311", platform: "manylinux1_x86_64"},
          {python: "cp311", abi: "cp311", platform: "win_amd64"}
        ]
        """;

    private readonly RuleTest<MissingBuild> _test = new()
    {
        Catalogue = new SmallCatalogue()
            .Built("a/${vpython_platform}", "1.0", "manylinux-x64-py3.11", "windows-x64-py3.11")
            .Built("a/${vpython_platform}", "2.0", "manylinux-x64-py3.11", "mac-x64-py3.8")
            .Built("b/${vpython_platform}", "1.0", "manylinux-x64-py3.11")
            .Built("everywhere/${vpython_platform}", "1.0", [.. PlatformTable.Default.Platforms.Select(static platform => platform.Name)])
            .Universal("c-py3", "1.0")
            .Open(),
    };

    [Fact]
    public void A_platform_to_verify_without_a_build_is_found_and_a_version_with_all_is_taken() => _test.Fixes(
        "wheel: <\n  name: \"infra/python/wheels/a/${vpython_platform}\"\n  version: [|\"version:2.0\"|]\n>\n" + Verify,
        "wheel: <\n  name: \"infra/python/wheels/a/${vpython_platform}\"\n  version: \"version:1.0\"\n>\n" + Verify,
        withUnsafe: true);

    [Fact]
    public void Without_such_a_version_it_is_kept_away() => _test.Fixes(
        "wheel: <\n  name: \"infra/python/wheels/b/${vpython_platform}\"\n  version: [|\"version:1.0\"|]  # old\n>\n" + Verify,
        "wheel: <\n  name: \"infra/python/wheels/b/${vpython_platform}\"\n  version: \"version:1.0\"  # old\n  not_match_tag: <\n    platform: \"win_amd64\"\n  >\n>\n" + Verify,
        withUnsafe: true);

    [Fact]
    public void It_is_kept_away_within_a_script()
    {
        var script = new RuleTest<MissingBuild> { Path = "/src/tool.py", Catalogue = _test.Catalogue };
        string verify = "# " + Verify.ReplaceLineEndings("\n# ") + "\n# [VPYTHON:END]\n";
        script.Fixes(
            "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: \"infra/python/wheels/b/${vpython_platform}\"\n#   version: [|\"version:1.0\"|]\n# >\n" + verify,
            "# [VPYTHON:BEGIN]\n# wheel: <\n#   name: \"infra/python/wheels/b/${vpython_platform}\"\n#   version: \"version:1.0\"\n#   not_match_tag: <\n#     platform: \"win_amd64\"\n#   >\n# >\n" + verify,
            withUnsafe: true);
    }

    [Fact]
    public void The_message_names_all_holes_and_the_way_out() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/a/${vpython_platform}' version: [|'version:2.0'|]>\n" + Verify,
        "'infra/python/wheels/a/${vpython_platform}' has no build of 2.0 for windows-x64-py3.11. 1.0 has builds for all; or keep it away from there with 'not_match_tag'.");

    [Fact]
    public void Platforms_that_nobody_named_are_a_hint()
    {
        Diagnostic found = Assert.Single(_test.Find("python_version: '3.11' wheel: <name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.0'>"));

        Assert.Equal(DiagnosticSeverity.Hint, found.Severity);
        Assert.Contains("linux-arm64-py3.11, linux-armv6-py3.11, mac-arm64-py3.11, mac-x64-py3.11, windows-x64-py3.11 and windows-x86-py3.11", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Platforms_of_the_settings_are_named()
    {
        var configured = new RuleTest<MissingBuild> { Catalogue = _test.Catalogue, Settings = { ["vpython_platforms"] = "mac-x64" } };
        Diagnostic found = Assert.Single(configured.Find("python_version: '3.11' wheel: <name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.0'>"));

        Assert.Equal(DiagnosticSeverity.Information, found.Severity);
    }

    [Fact]
    public void A_spec_without_a_Python_needs_a_build_for_one()
    {
        var configured = new RuleTest<MissingBuild> { Catalogue = _test.Catalogue, Settings = { ["vpython_platforms"] = "mac-x64, manylinux-x64" } };
        configured.Finds("wheel: <name: 'infra/python/wheels/a/${vpython_platform}' version: 'version:2.0'>");
        configured.Finds("python_version: '3.11' wheel: <name: 'infra/python/wheels/a/${vpython_platform}' version: [|'version:2.0'|]>");
    }

    [Theory]
    [InlineData("name: 'infra/python/wheels/c-py3' version: 'version:1.0'")]
    [InlineData("name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.1'")]
    [InlineData("name: 'infra/python/wheels/unknown/${vpython_platform}' version: 'version:1.0'")]
    [InlineData("name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.0' not_match_tag: <platform: 'win_amd64'>")]
    [InlineData("name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.0' match_tag: <platform: 'manylinux1_x86_64'>")]
    public void What_is_universal_or_unknown_or_kept_away_has_no_hole(string wheel) => _test.Finds($"wheel: <{wheel}>\n" + Verify);

    [Fact]
    public void What_would_make_way_for_the_same_wheel_again_is_not_kept_away()
    {
        const string Wheel = "wheel: <name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.0'>\n";
        Assert.Contains(Assert.Single(_test.Find(Wheel + Verify)).Fixes, static fix => fix.Title.StartsWith("Keep it away", StringComparison.Ordinal));
        Assert.DoesNotContain(_test.Find(Wheel + Wheel + Verify).SelectMany(static finding => finding.Fixes), static fix => fix.Title.StartsWith("Keep it away", StringComparison.Ordinal));
    }

    [Fact]
    public void Tags_of_unknown_platforms_say_nothing() => _test.Finds(
        "wheel: <name: 'infra/python/wheels/b/${vpython_platform}' version: 'version:1.0'> verify_pep425_tag: {python: 'cp27' abi: 'cp27mu' platform: 'linux_mips64'}");
}
