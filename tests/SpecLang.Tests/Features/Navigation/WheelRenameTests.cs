using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class WheelRenameTests
{
    [Fact]
    public void A_distribution_is_renamed_in_every_form_and_spec()
    {
        MarkedSpec[] others =
        [
            MarkedSpec.Parse("", "# [VPYTHON:BEGIN]\r\n# wheel: <name: 'infra/python/wheels/psutil-py3'>\r\n# [VPYTHON:END]\r\n", "/b/x.py"),
            MarkedSpec.Parse("", "wheel: <name: \"elsewhere/psutil-py3\">\nwheel: <name: \"infra/python/wheels/psutil_x-py3\">\n", "/c/.vpython3"),
        ];
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            # psutil
            wheel: <name: "infra/python/wheels/[|psu$$til|]/${vpython_platform}" version: "version:1">
            wheel: <
              name: "infra/python/wheels/" "psutil" "-py2_py3"
            >
            """))
        {
            RenameTarget? target = WheelRename.Prepare(spec.Analysis, spec.Cursor);
            Assert.Equal(new(Assert.Single(spec.Spans), "psutil", IsWholeName: false), target);
            RenameResult result = WheelRename.Rename([.. others.Select(static other => other.Analysis)], spec.Analysis, spec.Cursor, "psutil-ng");
            Assert.Null(result.Error);
            Assert.Equal([spec.Text.Path, "/b/x.py"], result.Edits.Select(static edit => edit.Spec.Path));
            Assert.Equal(
                spec.Text.ToString().Replace("wheels/psutil/", "wheels/psutil-ng/", StringComparison.Ordinal).Replace("wheels/\" \"psutil\" \"-py2_py3\"", "wheels/psutil-ng-py2_py3\"", StringComparison.Ordinal),
                spec.Text.WithChanges(result.Edits[0].Changes).ToString());
            Assert.Equal(others[0].Text.ToString().Replace("psutil", "psutil-ng", StringComparison.Ordinal), others[0].Text.WithChanges(result.Edits[1].Changes).ToString());
        }
    }

    [Fact]
    public void A_whole_name_is_renamed_where_it_is_the_same()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            wheel: <name: "[|infra/py$$thon/wheels/six-py3|]">
            wheel: <name: "infra/python/wheels/six-py2_py3">
            wheel: <name: "infra/python/wheels/six-py3">
            """))
        {
            Assert.Equal(new(Assert.Single(spec.Spans), "infra/python/wheels/six-py3", IsWholeName: true), WheelRename.Prepare(spec.Analysis, spec.Cursor));
            RenameResult result = WheelRename.Rename([spec.Analysis], spec.Analysis, spec.Cursor, " tools/${os=linux,mac}/six ");
            SpecEdit edit = Assert.Single(result.Edits);
            Assert.Equal(spec.Text.ToString().Replace("infra/python/wheels/six-py3", "tools/${os=linux,mac}/six", StringComparison.Ordinal), spec.Text.WithChanges(edit.Changes).ToString());
        }
    }

    [Fact]
    public void A_name_with_a_slash_is_a_whole_name()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: <name: \"infra/python/wheels/s$$ix-py3\">"))
        {
            RenameResult result = WheelRename.Rename([], spec.Analysis, spec.Cursor, "a/b");
            Assert.Contains("<name: \"a/b\">", spec.Text.WithChanges(Assert.Single(result.Edits).Changes).ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "must not be empty", 0)]
    [InlineData("Six", "allowed are a-z", 0)]
    [InlineData("six-py3", "has the suffix of a form, '-py3'", 0)]
    [InlineData("a/${os", "without the closing '}'", 0)]
    [InlineData("${os}", "is of the whole name", 0)]
    [InlineData("a//b", "two in a row", 0)]
    [InlineData("a b", "allowed are a-z", 0)]
    public void A_name_that_CIPD_cannot_have_is_refused(string name, string reason, int edits)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel: <name: \"infra/python/wheels/s$$ix-py3\">"))
        {
            RenameResult result = WheelRename.Rename([], spec.Analysis, spec.Cursor, name);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
            Assert.Equal(edits, result.Edits.Length);
        }
    }

    [Fact]
    public void Only_names_of_wheels_are_renamed()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("wheel$$: <name: \"infra/python/wheels/six-py3\" version: \"version:$$1\"> # si$$x\n"))
        {
            foreach (int cursor in spec.Cursors)
            {
                Assert.Null(WheelRename.Prepare(spec.Analysis, cursor));
                Assert.NotNull(WheelRename.Rename([spec.Analysis], spec.Analysis, cursor, "x").Error);
            }
        }
    }

    [Fact]
    public void Any_text_can_be_asked_and_what_is_renamed_is_read_again() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random))
        {
            if (WheelRename.Prepare(spec, offset) is not { } target) continue;
            Assert.True(target.Span.Touches(offset) || target.IsWholeName);
            foreach (SpecEdit edit in WheelRename.Rename([spec], spec, offset, "renamed").Edits)
            {
                SourceText changed = spec.Text.WithChanges(edit.Changes);
                Assert.Equal(spec.Wheels.Length, MarkedSpec.Analyze(changed, spec.Document.Kind).Wheels.Length);
            }
        }
    });
}
