using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class BinaryContentTests
{
    [Fact]
    public void A_file_that_is_no_text_is_one_finding()
    {
        Diagnostic found = Assert.Single(Analyze([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 0, 0, .. Enumerable.Range(0, 5_000).Select(static number => (byte)(number * 31))]));
        Assert.Equal("VPY1024", found.Id);
        Assert.Equal(new TextSpan(6, 1), found.Span);
        Assert.Equal("This is no text: it has NUL bytes. Restore the spec from version control, or give the file another name.", found.Message);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Text_of_sixteen_bits_is_told_as_such(bool isBigEndian, bool hasMark)
    {
        var encoding = new UnicodeEncoding(isBigEndian, hasMark);
        Diagnostic found = Assert.Single(Analyze([.. encoding.GetPreamble(), .. encoding.GetBytes("python_version: \"3.8\"\n")]));
        Assert.Equal("This is no text: it has NUL bytes, as text in UTF-16 has. Save it as UTF-8.", found.Message);
    }

    [Fact]
    public void A_NUL_far_down_in_a_text_is_found_where_it_is()
    {
        Diagnostic[] found = [.. Analyze([.. Encoding.UTF8.GetBytes("# " + new string('x', 9_000) + "\npython_version: \"3.8\"\n"), 0]).Where(static one => one.Severity == DiagnosticSeverity.Error)];
        Assert.Equal(["VPY1010"], found.Select(static one => one.Id));
    }

    [Fact]
    public void A_script_with_a_NUL_is_looked_at_as_a_script() =>
        Assert.DoesNotContain(Analyze([0, .. "\n# [VPYTHON:BEGIN]\n# python_version: \"3.8\"\n# [VPYTHON:END]\n"u8], "/src/tool.py"), static one => one.Id == "VPY1024");

    private static ImmutableArray<Diagnostic> Analyze(byte[] bytes, string path = "/src/.vpython3")
    {
        SourceText text = SourceText.From(bytes, path);
        return SpecAnalyzer.Analyze(SpecDocument.Parse(text, SpecDocument.KindOf(text)), AnalysisHost.Default, AnalysisSettings.Default).Diagnostics;
    }
}
