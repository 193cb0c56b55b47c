using System.Text;
using CsCheck;
using VPythonTools.Fuzz.Laws;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Documents;

public sealed class RegionFinderTests
{
    private static readonly string[] Pieces =
    [
        "[VPYTHON:BEGIN]", "[VPYTHON:BEGIN]\n", "[VPYTHON:END]", "[VPYTHON:END]\n", "# [VPYTHON:BEGIN]\n", "# [VPYTHON:END]\n", "  # [VPYTHON:BEGIN]  \r\n", "\t# [VPYTHON:END]\u00A0\n",
        "#[VPYTHON:END]\n", "// [VPYTHON:BEGIN]\n", "// [VPYTHON:END]\n", "[VPYTHON:END]\"\"\"\n", "[VPYTHON:BEGIN] x\n", "# [VPYTHON:END] x\n",
        "# python_version: \"3\"\n", "#\n", "# \n", "#x\n", "\n", "\r\n", "  # a\r\n", "// b\n", "/\n", "c\n", "\u2003# d\u0085\n", "é\n", "\r", "# ", "\v# e\f\n",
    ];

    private static readonly Gen<string> AnyScript = Gen.Int[0, Pieces.Length - 1].Select(static index => Pieces[index]).Array[0, 12].Select(static pieces => string.Concat(pieces));

    [Fact]
    public void Finds_what_the_deployed_tool_finds_or_says_why_not()
    {
        AnyScript.Sample(script => RegionLaw.Check(script), iter: 100_000);
    }

    [Fact]
    public void Finds_what_the_deployed_tool_finds_in_the_corpus()
    {
        foreach (CorpusFile file in CorpusFile.All) RegionLaw.Check(Encoding.UTF8.GetString(file.Bytes));
    }

    [Theory]
    [InlineData(".vpython3", DocumentKind.Spec)]
    [InlineData("/a/.vpython", DocumentKind.Spec)]
    [InlineData("a/script.py.vpython3", DocumentKind.Spec)]
    [InlineData("script.vpython", DocumentKind.Spec)]
    [InlineData("script.py", DocumentKind.Script)]
    [InlineData("script", DocumentKind.Script)]
    [InlineData("vpython3", DocumentKind.Script)]
    [InlineData("x.vpython3.py", DocumentKind.Script)]
    public void The_name_says_the_kind(string path, DocumentKind kind) => Assert.Equal(kind, SpecDocument.KindOf(path));

    [Fact]
    public void The_prefix_of_every_line_has_its_place()
    {
        var document = Parse("x = 1\n  # [VPYTHON:BEGIN]\n  # a: 1 \n  #\n  # [VPYTHON:END]\n");
        SpecRegion region = document.Region!;
        Assert.Equal("# ", document.Text.ToString(region.Prefix));
        Assert.Equal(["  # ", "  #"], region.Lines.Select(line => document.Text.ToString(line.Prefix)));
        Assert.Equal(["a: 1", ""], region.Lines.Select(line => document.Text.ToString(line.Content)));
        Assert.Equal("[VPYTHON:BEGIN]", document.Text.ToString(region.BeginGuard!.Value));
        Assert.Equal("[VPYTHON:END]", document.Text.ToString(region.EndGuard!.Value));
    }

    [Fact]
    public void A_very_long_line_hides_nothing()
    {
        string script = $"data = '{new string('x', 200_000)}'\n# [VPYTHON:BEGIN]\n# python_version: \"3\"\n# [VPYTHON:END]\n";
        Assert.Single(Parse(script).Region!.Lines);
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_prefix()
    {
        SpecDocument document = Parse("\uFEFF# [VPYTHON:BEGIN]\n# a: 1\n# [VPYTHON:END]\n");
        Assert.Empty(document.Diagnostics);
        Assert.Equal(["a: 1"], document.Region!.Lines.Select(line => document.Text.ToString(line.Content)));
    }

    /// <summary>BEGIN and END stand for the guards.</summary>
    [Theory]
    [InlineData("# BEGIN\n#python_version: \"3.11\"\n END", "VPY1110 #python_version: \"3.11\"")]
    [InlineData("## BEGIN\n# python_version: \"3\"\n## END", "VPY1110 # python_version: \"3\"")]
    [InlineData("#: BEGIN\n# python_version: \"3\"\n#: END", "VPY1110 # python_version: \"3\"")]
    [InlineData("#| BEGIN\n# python_version: \"3\"\n#| END", "VPY1110 # python_version: \"3\"")]
    [InlineData("# BEGIN\n## python_version: \"3\"\n# END", "VPY1110 ## python_version: \"3\"")]
    [InlineData("# BEGIN\n# # python_version: \"3\"\n# END", "VPY1110 # python_version: \"3\"")]
    [InlineData("BEGIN\n# python_version: \"3\"\nEND", "VPY1110 # python_version: \"3\"")]
    [InlineData("// BEGIN\n# wheel <\n# >\n// END", "VPY1110 # wheel <")]
    [InlineData("foo BEGIN\n# wheel: <\n# >\nEND", "VPY1110 # wheel: <")]
    [InlineData("# BEGIN\n# # Somebody will write it.\n# END", "")]
    [InlineData("BEGIN\n# wheel: <>\nwheel: <>\nEND", "")]
    [InlineData("# BEGIN\n#wheel: <>\n# END", "VPY1106 #wheel: <>")]
    [InlineData("# BEGIN\n# a: 1\n# END foo\nx = 1\n# END\n", "VPY1104 [VPYTHON:END]")]
    [InlineData("# BEGIN\n# BEGIN y\n# a: 1\n# END\n", "VPY1105 [VPYTHON:BEGIN]")]
    [InlineData("# BEGIN\n# see BEGIN\n# a: 1\n# END\n", "VPY1105 [VPYTHON:BEGIN]")]
    [InlineData("x = 1\n# BEGIN", "VPY1111 [VPYTHON:BEGIN]")]
    [InlineData("# END\n# BEGIN\n", "VPY1111 [VPYTHON:BEGIN]")]
    [InlineData("# BEGIN\n# END\n", "VPY1107 [VPYTHON:BEGIN]")]
    public void What_is_lost_in_silence_is_said(string script, string expected)
    {
        SpecDocument document = Parse(script.Replace("BEGIN", "[VPYTHON:BEGIN]", StringComparison.Ordinal).Replace("END", "[VPYTHON:END]", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join('\n', document.Diagnostics.Select(diagnostic => $"{diagnostic.Id} {document.Text.ToString(diagnostic.Span)}")));
    }

    private static SpecDocument Parse(string script) => SpecDocument.Parse(SourceText.From(script), DocumentKind.Script);
}
