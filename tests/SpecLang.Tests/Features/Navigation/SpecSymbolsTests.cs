using System.Collections.Immutable;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Navigation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Navigation;

public sealed class SpecSymbolsTests
{
    [Fact]
    public void Fields_wheels_and_tags_are_symbols()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            [|[|python_version|]: "3.11"|]
            # Used by: //x.py
            [|wheel: <
              name: [|"infra/python/wheels/psutil/${vpython_platform}"|]
              version: "version:5.8.0.chromium.3"
              [|[|match_tag|]: <
                python: "cp311"
                platform: "linux_x86_64"
              >|]
            >|]
            [|[|verify_pep425_tag|]: {python: "cp311", abi: "cp311", platform: "win_amd64"}|]
            """))
        {
            ImmutableArray<SpecSymbol> symbols = Fields(spec);
            Assert.Equal(
                [
                    "Field python_version (3.11)",
                    "Wheel psutil (5.8.0.chromium.3)",
                    "  Tag match_tag (cp311-linux_x86_64)",
                    "Tag verify_pep425_tag (cp311-cp311-win_amd64)",
                ],
                Describe(symbols));
            Assert.Equal(spec.Spans, symbols.SelectMany(AllSpans).OrderBy(static span => span.Start).ThenByDescending(static span => span.Length));
        }
    }

    [Fact]
    public void Elements_of_lists_are_symbols()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            wheel: [
              [|{name: [|"infra/python/wheels/six-py2_py3"|], version: "version:1.15.0"}|],
              [|[|{|]}|]
            ]
            """))
        {
            ImmutableArray<SpecSymbol> symbols = Fields(spec);
            Assert.Equal(["Wheel six (1.15.0)", "Wheel wheel"], Describe(symbols));
            Assert.Equal(spec.Spans, symbols.SelectMany(AllSpans).OrderBy(static span => span.Start).ThenByDescending(static span => span.Length));
        }
    }

    [Fact]
    public void What_is_half_typed_is_in_the_outline()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            wheel: <
              name: "infra/python/wheels/
            wheel: <
            python
            """))
        {
            string[] symbols = Describe(Fields(spec));
            Assert.Contains("Wheel infra/python/wheels/", symbols);
            Assert.Contains(symbols, symbol => symbol.EndsWith("Wheel wheel", StringComparison.Ordinal));
            Assert.Contains(symbols, symbol => symbol.EndsWith("Field python", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Strings_in_pieces_and_heredocs_name_wheels_by_their_value()
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms("""
            wheel: <
              name: "infra/python/wheels/" 's\151x'
                "-py3"
              version: <<END
                version:1.15.0
              END
            >
            """))
            Assert.Equal(["Wheel six (1.15.0)"], Describe(Fields(spec)));
    }

    [Fact]
    public void A_spec_in_a_script_is_one_symbol_from_guard_to_guard()
    {
        var spec = MarkedSpec.Parse("embedded", "x = 1\n# [|[|[VPYTHON:BEGIN]|]\n# python_version: \"3.8\"\n# [VPYTHON:END]|]\ny\n", "/src/x.py");
        SpecSymbol symbol = Assert.Single(SpecSymbols.Of(spec.Analysis));
        Assert.Equal(("vpython3 spec", "Python 3.8", SpecSymbolKind.Spec), (symbol.Name, symbol.Detail, symbol.Kind));
        Assert.Equal(spec.Spans, [symbol.Span, symbol.SelectionSpan]);
        Assert.Empty(SpecSymbols.Of(MarkedSpec.Analyze("import six\n", "/src/x.py")));
    }

    [Fact]
    public void Fields_of_another_schema_have_no_meaning()
    {
        SpecSymbol symbol = Assert.Single(SpecSymbols.Of(MarkedSpec.Analyze(SourceText.From("wheel: <\n name: \"a\" [b.c]: <>\n>\n"), DocumentKind.TextFormat)));
        Assert.Equal(["Message wheel", "  Field name (a)", "  Message [b.c]"], Describe([symbol]));
    }

    [Fact]
    public void Symbols_of_any_text_have_a_name_and_lie_in_each_other() => BrokenTexts.Check(static (spec, _) =>
    {
        ImmutableArray<SpecSymbol> symbols = SpecSymbols.Of(spec);
        CheckNesting(symbols, new(0, spec.Text.Length));
    });

    private static void CheckNesting(ImmutableArray<SpecSymbol> symbols, TextSpan around)
    {
        int end = around.Start;
        foreach (SpecSymbol symbol in symbols)
        {
            Assert.NotEmpty(symbol.Name);
            Assert.True(around.Contains(symbol.Span) && symbol.Span.Contains(symbol.SelectionSpan));
            Assert.True(symbol.Span.Start >= end);
            end = symbol.Span.End;
            CheckNesting(symbol.Children, symbol.Span);
        }
    }

    private static ImmutableArray<SpecSymbol> Fields(MarkedSpec spec)
    {
        ImmutableArray<SpecSymbol> symbols = SpecSymbols.Of(spec.Analysis);
        return spec.Analysis.Document.Region!.IsEmbedded ? Assert.Single(symbols).Children : symbols;
    }

    private static string[] Describe(ImmutableArray<SpecSymbol> symbols) =>
        [.. symbols.SelectMany(static symbol => Describe(symbol.Children).Select(static line => "  " + line).Prepend($"{symbol.Kind} {symbol.Name}{(symbol.Detail is { } detail ? $" ({detail})" : "")}"))];

    private static IEnumerable<TextSpan> AllSpans(SpecSymbol symbol) => symbol.Children.SelectMany(AllSpans).Append(symbol.Span).Append(symbol.SelectionSpan);
}
