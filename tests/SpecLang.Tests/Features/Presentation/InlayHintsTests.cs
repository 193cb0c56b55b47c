using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Presentation;

public sealed class InlayHintsTests
{
    private static readonly CipdPlatform _machine = new("linux", "amd64");

    [Fact]
    public void Names_are_expanded_for_the_machine() => Shows(
        """
        python_version: "3.11"
        wheel: <name: "infra/python/wheels/psutil/${vpython_platform}"$$ version: "version:5.9.0">
        wheel: <name: "a/${os}/${arch}"$$>
        wheel: <name: "b/${os=mac}"$$>
        wheel: <name: "c/${vpython_platform}"$$ match_tag: <platform: "win32"> >
        wheel: <name: "d" >
        wheel: <name: "e/${nothing}">
        """,
        "= linux-amd64_cp311_cp311", "= a/linux/amd64", "not here", "not here");

    [Fact]
    public void A_newer_version_is_told_and_can_be_written()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: <name: \"infra/python/wheels/six-py2_py3\" version: \"version:1.10.0\"$$>"))
        {
            InlayHint hint = Assert.Single(InlayHints.Of(spec.Analysis, new(0, spec.Text.Length), null));
            Assert.Equal((spec.Cursor, "newer: 1.16.0", InlayHintKind.NewerVersion), (hint.Offset, hint.Text, hint.Kind));
            Assert.Contains("\"version:1.16.0\"", spec.Text.WithChanges(hint.Changes).ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Platforms_without_a_build_are_told() => Shows(
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"$$
          version: "version:5.9.0"$$
          match_tag: <platform: "win32">
        >
        """,
        "not here", "no build: windows-x86-py3.8");

    [Theory]
    [InlineData("# vpython: disable=VPY2207\n")]
    [InlineData("# vpython: disable-file=all\n")]
    public void What_is_suppressed_is_not_told(string comment)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(comment + "wheel: <name: \"infra/python/wheels/six-py2_py3\" version: \"version:1.10.0\">"))
            Assert.Empty(InlayHints.Of(spec.Analysis, new(0, spec.Text.Length), null));
    }

    [Fact]
    public void A_missing_build_that_is_suppressed_is_not_told()
    {
        const string Wheel = "wheel: <name: \"infra/python/wheels/psutil/${vpython_platform}\" version: \"version:5.9.0\">";
        foreach ((MarkedSpec told, MarkedSpec suppressed) in MarkedSpec.InAllForms("python_version: \"3.8\"\n" + Wheel).Zip(MarkedSpec.InAllForms("python_version: \"3.8\"\n# vpython: disable=VPY2501\n" + Wheel)))
        {
            Assert.Equal(InlayHintKind.MissingPlatforms, Assert.Single(InlayHints.Of(told.Analysis, new(0, told.Text.Length), null)).Kind);
            Assert.Empty(InlayHints.Of(suppressed.Analysis, new(0, suppressed.Text.Length), null));
        }
    }

    [Fact]
    public void What_settings_turn_off_is_not_told()
    {
        var workspace = new MemoryWorkspace { Settings = new() { ["vpython_diagnostic.vpy2207.severity"] = "none" } };
        Assert.Empty(InlayHints.Of(MarkedSpec.Analyze("wheel: <name: \"infra/python/wheels/six-py2_py3\" version: \"version:1.10.0\">", "/src/.vpython3", workspace), new(0, 100), null));
    }

    [Fact]
    public void Hints_of_any_text_are_in_order_and_in_the_range() => BrokenTexts.Check(static (spec, random) =>
    {
        int[] bounds = [random.Next(spec.Text.Length + 1), random.Next(spec.Text.Length + 1)];
        var range = TextSpan.FromBounds(bounds.Min(), bounds.Max());
        int last = range.Start;
        foreach (InlayHint hint in InlayHints.Of(spec, range, _machine))
        {
            Assert.True(hint.Offset >= last && hint.Offset <= range.End && hint.Text.Length > 0);
            last = hint.Offset;
        }
    });

    private static void Shows(string marked, params string[] expected)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(marked))
        {
            InlayHint[] hints = [.. InlayHints.Of(spec.Analysis, new(0, spec.Text.Length), _machine)];
            Assert.Equal(expected, hints.Select(static hint => hint.Text));
            Assert.Equal(spec.Cursors, hints.Select(static hint => hint.Offset));
        }
    }
}
