using System.Text;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Binding;

public sealed class PortabilityCheckTests
{
    [Theory]
    [InlineData("\uFEFFpython_version: \"3\"", "VPY1303 0+3")]
    [InlineData("python_version:\f\"3\"", "VPY1304 15+1")]
    [InlineData("python_version:\"3\"\v", "VPY1304 18+1")]
    [InlineData("# a\rpython_version: \"3\"\n", "VPY1305 3+1")]
    [InlineData("# x << word\n", "VPY1306 4+7")]
    [InlineData("python_version: \"a << b\" # << c\r\n", "VPY1306 27+5")]
    [InlineData("wheel: []", "VPY1308 7+2")]
    [InlineData("wheel: < match_tag: [ ] >", "VPY1308 20+3")]
    [InlineData("python_version: \"\\63\"", "VPY1309 17+3")]
    [InlineData("python_version: \"\\463\"", "VPY1309 17+4")]
    [InlineData("python_version: \"\\x3z\"", "VPY1309 17+3")]
    [InlineData("python_version: \"\\ud83d\\ude00\"", "VPY1309 17+12")]
    [InlineData("python_version: \"../../3\"", "VPY1310 16+9")]
    [InlineData("python_version: \"\" python_version: \"3\"", "VPY1311 19+14")]
    [InlineData("python_version: \"\\063\\x33\\u0033\\U00000033\\n\"", "")]
    [InlineData("# << word.\n# <<\nwheel: < name: <<A\nx\nA\n>", "")]
    [InlineData("wheel: < name: \"a\" > wheel: < name: \"b\" >", "")]
    [InlineData("python_version: \"3\" python_version: \"3\"", "")]
    public void What_the_deployed_tool_reads_otherwise_is_said(string text, string expected) => Assert.Equal(expected, Find(text, DocumentKind.Spec));

    [Fact]
    public void A_line_that_the_deployed_tool_cannot_read_is_said_where_it_hides_the_spec()
    {
        string line = new('x', 65_536);
        const string Spec = "# [VPYTHON:BEGIN]\n# a\n# [VPYTHON:END]\n";
        Assert.Equal("VPY1307 0+65536", Find($"{line}\n{Spec}", DocumentKind.Script));
        Assert.Equal("", Find($"{line[1..]}\n{Spec}{line}\n", DocumentKind.Script));
    }

    [Fact]
    public void A_long_line_of_a_script_without_a_spec_matters_only_where_specs_are_spoken_of()
    {
        string line = new('x', 65_536);
        Assert.Equal("VPY1307 0+65536", Find($"{line}\n# No [VPYTHON:BEGIN] here.\n", DocumentKind.Script));
        Assert.Equal("", Find($"{line}\n", DocumentKind.Script));
    }

    [Fact]
    public void A_byte_order_mark_before_the_guard_is_said()
    {
        const string Spec = "# [VPYTHON:BEGIN]\n# a\n# [VPYTHON:END]\n";
        Assert.Equal("VPY1312 0+3", Find("\uFEFF" + Spec, DocumentKind.Script));
        Assert.Equal("", Find("\uFEFF\n" + Spec, DocumentKind.Script));
    }

    [Fact]
    public void White_space_that_the_deployed_tool_trims_from_a_script_is_no_matter() =>
        Assert.Equal("", Find("# [VPYTHON:BEGIN]\n# python_version: \"3\"\f\n# [VPYTHON:END]\n", DocumentKind.Script));

    [Fact]
    public void The_corpus_that_the_deployed_tool_reads_is_portable()
    {
        foreach (CorpusFile file in CorpusFile.All.Where(file => file.Verdict == "ok"))
            Assert.Empty(PortabilityCheck.Find(BoundSpec.Bind(file.Parse())));
    }

    private static string Find(string text, DocumentKind kind) => string.Join(
        '\n',
        PortabilityCheck.Find(BoundSpec.Bind(SpecDocument.Parse(SourceText.From(Encoding.UTF8.GetBytes(text)), kind)))
            .Select(static (Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.Span.Start}+{diagnostic.Span.Length}"));
}
