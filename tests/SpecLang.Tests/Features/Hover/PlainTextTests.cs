using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Features.Hover;
using VPythonTools.SpecLang.Packages.Catalogue;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Hover;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("**six**: Python 2 and 3", "six: Python 2 and 3")]
    [InlineData("- `1.16.0`, all", "- 1.16.0, all")]
    [InlineData("**`${os}`**", "${os}")]
    [InlineData("a \\_b\\_ \\*", "a _b_ *")]
    [InlineData("`a\\_b`", "a\\_b")]
    [InlineData("C:\\x", "C:\\x")]
    [InlineData("```proto\nrepeated Package wheel = 2\n```\n\nWhat.", "repeated Package wheel = 2\n\nWhat.")]
    [InlineData("| Platform | Build |\n|---|---|\n| mac-arm64 | yes |", "Platform: Build\nmac-arm64: yes")]
    [InlineData("see [CIPD](https://example.com/a_b) and [this]", "see CIPD and [this]")]
    [InlineData("[", "[")]
    [InlineData("|", "|")]
    [InlineData("\\", "\\")]
    [InlineData("# Title", "Title")]
    [InlineData("#1", "#1")]
    public void Signs_of_markup_go_and_words_stay(string markdown, string text) => Assert.Equal(text, PlainText.Of(markdown));

    [Fact]
    public void No_markup_is_left_of_what_hovers_and_rules_say()
    {
        IEnumerable<string> rules = DiagnosticReference.All.Select(static entry => RuleMarkdown.Of(entry.Descriptor.Id)!);
        // What somebody says of a package may have a backtick of its own, which is escaped.
        IEnumerable<string> wheels = PackageCatalogue.BuiltIn.Packages.Select(static package => WheelMarkdown.OfPackage(package, [])).Where(static text => !text.Contains("\\`", StringComparison.Ordinal));
        Assert.All(rules.Concat(wheels), static text => Assert.DoesNotContain(["**", "`", "|---"], sign => PlainText.Of(text).Contains(sign, StringComparison.Ordinal)));
    }
}
