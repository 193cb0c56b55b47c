using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

public sealed class SuppressionListTests
{
    private static readonly AnalysisHost _host = new(PackageCatalogue.BuiltIn, new MemoryFiles(), new(2026, 1, 1));

    [Theory]
    [InlineData("# vpython: disable=VPY2301\nwheel: <name: 'a'>", "wheel: <name: 'a'>")]
    [InlineData("wheel: <name: 'a'>  # vpython: disable=VPY2301", "wheel: <name: 'a'>")]
    [InlineData("wheel: <  # vpython: disable=VPY2301\n  name: 'a'\n>", "wheel: <  # vpython: disable=VPY2301\n  name: 'a'\n>")]
    [InlineData("wheel: <\n  # vpython: disable=VPY2301\n  name: 'a'\n  version: 'b'\n>", "name: 'a'")]
    [InlineData("wheel: <\n  name: 'a'  # vpython: disable=VPY2301\n  version: 'b'\n>", "name: 'a'")]
    [InlineData("wheel: [\n  # vpython: disable=VPY2301\n  {name: 'a'},\n  {name: 'b'}\n]", "{name: 'a'}")]
    [InlineData("# vpython: disable=VPY2301\n\n# Another comment.\nwheel: <>\nwheel: <name: 'a'>", "wheel: <>")]
    public void A_comment_speaks_of_the_element_that_it_stands_at(string spec, string scope)
    {
        SuppressionComment comment = Assert.Single(Read(spec, DocumentKind.Spec, out SourceText text).Comments);
        Assert.Equal(scope, text.ToString(comment.Scope));
    }

    [Fact]
    public void A_comment_in_a_script_has_the_prefix_of_the_guards()
    {
        SuppressionComment comment = Assert.Single(Read("# vpython: disable=VPY1\n# [VPYTHON:BEGIN]\n# # vpython: disable=VPY2301 -- why not\n# wheel: <>\n# [VPYTHON:END]\n", DocumentKind.Script, out SourceText text).Comments);
        Assert.Equal("wheel: <>", text.ToString(comment.Scope));
        Assert.Equal("why not", comment.Reason);
        Assert.Equal(["VPY2301"], comment.Codes.Select(code => text.ToString(code.Span)));
    }

    [Theory]
    [InlineData("# vpython: disable=VPY2301, vpy2302 ,all -- a reason -- of two parts", "VPY2301 vpy2302 all", "a reason -- of two parts")]
    [InlineData("## vpython:disable=VPY2301", "VPY2301", null)]
    [InlineData("# vpython: disable= --", "", null)]
    public void Codes_stand_between_commas_and_a_reason_behind_dashes(string spec, string codes, string? reason)
    {
        SuppressionComment comment = Assert.Single(Read(spec, DocumentKind.Spec, out _).Comments);
        Assert.Equal(codes, string.Join(' ', comment.Codes.Select(static code => code.Id)));
        Assert.Equal(reason, comment.Reason);
    }

    [Theory]
    [InlineData("# vpython: enable=VPY2301")]
    [InlineData("# about vpython: disable=VPY2301")]
    [InlineData("name: '# vpython: disable=VPY2301'")]
    public void Other_comments_suppress_nothing(string spec) => Assert.Empty(Read(spec, DocumentKind.Spec, out _).Comments);

    [Fact]
    public void What_suppresses_nothing_is_a_finding_with_a_fix()
    {
        const string Spec = "# vpython: disable-file=VPY2301\nwheel: <name: 'a'>\nwheel: <name: 'a'>\n# vpython: disable=VPY2301\npython_version: '3'\nwheel: <>  # vpython: disable=VPY2303, VPY2301\n";
        var document = SpecDocument.Parse(SourceText.From(Spec), DocumentKind.Spec);
        AnalysisResult result = SpecAnalyzer.Analyze(document, _host, AnalysisSettings.Default);
        Diagnostic[] unused = [.. SpecAnalyzer.FindUnusedSuppressions(result)];
        Assert.Equal(["VPY2301", "VPY2303", "VPY2301"], unused.Select(diagnostic => document.Text.ToString(diagnostic.Span)));
        SourceText mended = SpecFixer.Fix(document, _host, AnalysisSettings.Default, static diagnostic => diagnostic.Descriptor == UnusedSuppression.Kind, withUnsafe: false, out _);
        Assert.Equal("# vpython: disable-file=VPY2301\nwheel: <name: 'a'>\nwheel: <name: 'a'>\npython_version: '3'\nwheel: <>\n", mended.ToString());
    }

    [Theory]
    [InlineData("VPY2301, VPY2303")]
    [InlineData("VPY2303 ,VPY2301,VPY2302")]
    [InlineData("VPY2303,VPY2302 , VPY2301")]
    public void An_unused_code_goes_and_one_with_an_effect_stays(string codes)
    {
        string spec = $"wheel: <name: 'a' version: 'version:1'>\nwheel: <name: 'a' version: 'version:1'>  # vpython: disable={codes} -- why\n";
        var document = SpecDocument.Parse(SourceText.From(spec), DocumentKind.Spec);
        SourceText mended = SpecFixer.Fix(document, _host, AnalysisSettings.Default, static diagnostic => diagnostic.Descriptor == UnusedSuppression.Kind, withUnsafe: false, out _);
        Assert.EndsWith("  # vpython: disable=VPY2301 -- why\n", mended.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# vpython: disable=VPY2301\nwheel: <name: 'a'>\n")]
    [InlineData("# vpython: disable-file=VPY2301\nwheel: <name: 'a'>\n")]
    public void Time_is_proportional_to_the_number_of_comments_and_findings(string unit)
    {
        const int Count = 2_000;
        ProcessorTime.AssertIsProportional(
            times =>
            {
                (SpecDocument Document, Diagnostic[] Findings) repeated = Repeat(Count * times);
                return () => Suppress(repeated);
            },
            unit);

        (SpecDocument, Diagnostic[]) Repeat(int count)
        {
            var document = SpecDocument.Parse(SourceText.From(string.Concat(Enumerable.Repeat(unit, count))), DocumentKind.Spec);
            return (document, [.. SyntaxTree.Parse(document).Root.Fields.Select(static field => Diagnostic.Create(new DuplicateWheel().Descriptor, field.NameSpan, "a", "b", "c"))]);
        }

        static void Suppress((SpecDocument Document, Diagnostic[] Findings) repeated)
        {
            var list = SuppressionList.Read(SyntaxTree.Parse(repeated.Document));
            Assert.All(repeated.Findings, finding => Assert.True(list.Suppresses(finding)));
            Assert.Empty(list.Unused);
        }
    }

    [Fact]
    public void A_text_that_means_nothing_cannot_be_suppressed()
    {
        var document = SpecDocument.Parse(SourceText.From("# vpython: disable-file=all\nwheel: <"), DocumentKind.Spec);
        Assert.Contains(SpecAnalyzer.Analyze(document, _host, AnalysisSettings.Default).Diagnostics, static diagnostic => diagnostic.Descriptor == SyntaxDiagnostics.NeverClosed);
    }

    private static SuppressionList Read(string spec, DocumentKind kind, out SourceText text)
    {
        var tree = SyntaxTree.Parse(SpecDocument.Parse(SourceText.From(spec), kind));
        text = tree.Text;
        return SuppressionList.Read(tree);
    }
}
