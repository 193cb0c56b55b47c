using VPythonTools.SpecLang.Features.Hover;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Tests.Analysis;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Hover;

public sealed class SpecHoverTests
{
    private const string Psutil = "infra/python/wheels/psutil/${vpython_platform}";

    [Theory]
    [InlineData("whe$$el: < name: \"a\" >", "wheel", "repeated Package wheel = 2", "There is no dependency resolution", "A wheel, as the CIPD package that holds it")]
    [InlineData("wheel: < na$$me: \"a\" >", "name", "string name = 1", "The CIPD package name")]
    [InlineData("wheel: < match_tag: < pl$$atform: \"any\" > >", "platform", "manylinux1\\_x86\\_64")]
    [InlineData("python_version: \"3$$.11\"", "\"3.11\"", "Security fixes until 2027-10-31", "mac-arm64-py3.11")]
    [InlineData("python_version: \"$$3.8\"", "\"3.8\"", "Security fixes ended on 2024-10-07")]
    [InlineData("wheel: < name: \"infra/python/whe$$els/psutil/${vpython_platform}\" version: \"version:5.9.0\" >", "\"" + Psutil + "\"", "**psutil**", "`5.9.0` (this one), not on", "| mac-arm64-py3.11 | `infra/python/wheels/psutil/mac-arm64_cp311_cp311` |")]
    [InlineData("wheel: < name: \"infra/python/wheels/psutil/${vpy$$thon_platform}\" >", "${vpython_platform}", "| windows-x86-py3.8 | `windows-386_cp38_cp38` |")]
    [InlineData("wheel: < name: \"infra/python/wheels/psutil/${vpython_platform}\" version: \"version:5.8$$.0.chromium.3\" >", "\"version:5.8.0.chromium.3\"", "**psutil 5.8.0.chromium.3**: all platforms", "- `5.9.0`, not on", "| mac-x64-py3.8 | yes |")]
    [InlineData("wheel: < name: \"infra/python/wheels/psutil/${vpython_platform}\" version: \"version:1$$.0\" >", "\"version:1.0\"", "Versions:", "- `5.9.0`")]
    [InlineData("wheel: < name: \"tools/no$$thing/${os=linux}\" >", "\"tools/nothing/${os=linux}\"", "does not know this package", "| mac-arm64-py3.11 | not installed |")]
    [InlineData("wheel: < not_match_tag: < platform: \"win_$$amd64\" > >", "\"win_amd64\"", "`win_amd64`: windows-x64")]
    [InlineData("# vpython: disable=VPY2301,VPY2$$207 -- old\nwheel: < >", "VPY2207", "**VPY2207: Newer version** (hint)", "Newer versions have fixes")]
    public void What_is_known_of_a_place_is_said(string marked, string span, params string[] expected)
    {
        foreach (CursorText text in CursorText.InAllForms(marked))
        {
            HoverInfo? hover = SpecHover.Find(text.Spec, text.Offset);
            Assert.True(hover is not null, text.Text);
            Assert.Equal(span, text.Spec.Text.ToString(hover.Span));
            Assert.All(expected, part => Assert.Contains(part, hover.Markdown, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("# a co$$mment\npython_version: \"3.11\"")]
    [InlineData("unkn$$own: \"3.11\"")]
    [InlineData("unknown: < name: \"a$$\" >")]
    [InlineData("python_version: \"3.11\"\n$$\nwheel: < >")]
    [InlineData("wheel: < version: \"a$$\" >")]
    public void Nothing_is_said_where_nothing_is_known(string marked)
    {
        foreach (CursorText text in CursorText.InAllForms(marked)) Assert.Null(SpecHover.Find(text.Spec, text.Offset));
    }

    [Fact]
    public void Nothing_is_said_in_the_script_around_a_spec()
    {
        var text = CursorText.Parse("import wheel$$\n# [VPYTHON:BEGIN]\n# wheel: < name: \"a\" >\n# [VPYTHON:END]\n", "/src/tool.py");
        Assert.Null(SpecHover.Find(text.Spec, text.Offset));
    }

    [Theory]
    [InlineData("# [VPYTHON:$$BEGIN]\n# python_version: \"3.11\"\n# wheel: < name: \"a\" >\n# [VPYTHON:END]\n")]
    [InlineData("# [VPYTHON:BEGIN]\n# python_version: \"3.11\"\n# wheel: < name: \"a\" >\n# [VPYTHON:END]$$\n")]
    public void A_guard_says_whose_the_spec_is_and_whether_it_takes_effect(string marked)
    {
        string script = marked.Replace("$$", "", StringComparison.Ordinal);
        MemoryFiles files = new MemoryFiles().With("/src/tool.py", script);
        var text = CursorText.Parse(marked, "/src/tool.py", files: files);
        Assert.Equal("The spec of `tool.py`: 1 wheel, Python 3.11.\n\nIt takes effect: no other spec is found before it.", SpecHover.Find(text.Spec, text.Offset)!.Markdown);
        files.With("/src/tool.py.vpython3", "");
        Assert.Contains("**no effect**: the partner spec `/src/tool.py.vpython3`", SpecHover.Find(text.Spec, text.Offset)!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_catalogue_says_is_text_and_no_markup()
    {
        var builder = new CatalogueBuilder();
        Assert.Null(builder.SetAvailability("infra/python/wheels/evil-py3", "version:1.0", isUniversal: true));
        Assert.True(SpecLang.Python.DistributionName.TryParse("evil", out SpecLang.Python.DistributionName name, out _));
        Assert.Null(builder.SetMetadata(name, new("1.0", "a test") { Summary = "[click](command:evil) <b>" }));
        Assert.True(PackageCatalogue.TryOpen(builder.Build(), out PackageCatalogue? catalogue, out _));
        var text = CursorText.Parse("wheel: < name: \"infra/python/wheels/evil$$-py3\" >", "/src/.vpython3", catalogue);
        Assert.Contains("\\[click\\](command:evil) \\<b\\>", SpecHover.Find(text.Spec, text.Offset)!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_is_too_broken_to_be_looked_at() => BrokenTexts.Check(static (spec, random) =>
    {
        foreach (int offset in BrokenTexts.Offsets(spec, random, 6))
        {
            if (SpecHover.Find(spec, offset) is { } hover) Assert.True(hover.Span.Touches(offset) && hover.Markdown.Length > 0);
        }
        Assert.Null(SpecHover.Find(spec, -1));
        Assert.Null(SpecHover.Find(spec, spec.Text.Length + 1));
    });
}
