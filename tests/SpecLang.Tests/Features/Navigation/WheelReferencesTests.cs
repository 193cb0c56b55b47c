using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Navigation;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class WheelReferencesTests
{
    private static readonly MarkedSpec[] _others =
    [
        MarkedSpec.Parse("common", "wheel: <name: \"infra/python/wheels/[|ruamel_yaml|]-py3\">\n", "/a/.vpython3"),
        MarkedSpec.Parse("embedded", "# [VPYTHON:BEGIN]\n# wheel: <name: \"other/[|Ruamel.Yaml|]/${platform}\">\n# wheel: <name: \"infra/python/wheels/six-py3\">\n# [VPYTHON:END]\n", "/b/x.py"),
    ];

    [Fact]
    public void A_wheel_is_found_in_all_specs_however_it_is_written()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            wheel: <
              name: "infra/python/wheels/[|ruamel$$-yaml|]-py3"
            >
            wheel: <name: "infra/python/wheels/six-py3">
            wheel: <name: [|'infra/python/wheels/'  'ruamel.yaml-py3'|]>
            """))
        {
            SpecAnalysis[] all = [.. _others.Select(static other => other.Analysis), MarkedSpec.Analyze("wheel: <name: \"infra/python/wheels/ruamel-yaml\">", spec.Text.Path)];
            Assert.Equal(
                spec.Spans.Select(span => (spec.Text.Path, span)).Concat(_others.SelectMany(static other => other.Spans.Select(span => (other.Text.Path, span)))),
                WheelReferences.Find(all, spec.Analysis, spec.Cursor).Select(static place => (place.Spec.Path, place.Span)));
        }
    }

    [Theory]
    [InlineData("wh$$eel: <name: \"infra/python/wheels/six-py3\">", 1)]
    [InlineData("wheel: <na$$me: \"infra/python/wheels/six-py3\">", 0)]
    [InlineData("wheel: <version: \"version:$$1\">", 0)]
    [InlineData("wheel: <name: \"$$\">", 0)]
    public void The_field_of_a_wheel_stands_for_it_and_other_places_do_not(string marked, int count)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(marked)) Assert.Equal(count, WheelReferences.Find([spec.Analysis], spec.Analysis, spec.Cursor).Length);
    }

    [Fact]
    public void Any_text_can_be_asked() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random)) Assert.All(WheelReferences.Find([spec], spec, offset), place => Assert.True(place.Span.End <= place.Spec.Text.Length));
    });
}
