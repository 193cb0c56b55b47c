using System.Text;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Analysis;

/// <summary>
/// What a rule finds in a text, and what its fix makes of it. <c>[|</c> and <c>|]</c> in the text mark what is to be found; a rule that finds more, less, or
/// elsewhere fails the test. The paths are those of an imaginary machine.
/// </summary>
/// <typeparam name="TRule">The rule.</typeparam>
internal sealed class RuleTest<TRule>
    where TRule : SpecRule, new()
{
    private static readonly TRule _rule = new();

    /// <summary>The path of the text: decides what kind of document it is.</summary>
    public string Path { get; init; } = "/src/.vpython3";

    /// <summary>The files around it.</summary>
    public MemoryFiles Files { get; init; } = new();

    /// <summary>What is known of packages; the built-in catalogue unless said otherwise.</summary>
    public PackageCatalogue Catalogue { get; init; } = PackageCatalogue.BuiltIn;

    /// <summary>The day.</summary>
    public DateOnly Today { get; init; } = new(2026, 1, 1);

    /// <summary>The lines of <c>.editorconfig</c> that hold for the text.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Checks where the rule finds something, and with which messages when they are given.</summary>
    public void Finds(string marked, params string[] messages)
    {
        (string text, List<TextSpan> expected) = Unmark(marked);
        Diagnostic[] found = Find(text);
        Assert.Equal(expected, found.Select(static diagnostic => diagnostic.Span));
        if (messages.Length > 0) Assert.Equal(messages, found.Select(static diagnostic => diagnostic.Message));
    }

    /// <summary>Checks where the rule finds something, and the text that its fixes leave: what is left has nothing for the rule to find.</summary>
    public void Fixes(string marked, string expected, bool withUnsafe = false)
    {
        (string text, List<TextSpan> spans) = Unmark(marked);
        Assert.Equal(spans, Find(text).Select(static diagnostic => diagnostic.Span));
        string actual = SpecFixer.Fix(Parse(text), Host(), AnalysisSettings.Read(Settings), diagnostic => diagnostic.Descriptor == _rule.Descriptor, withUnsafe, out int count).ToString();
        Assert.Equal(expected, actual);
        Assert.NotEqual(0, count);
        Assert.DoesNotContain(Find(expected), diagnostic => diagnostic.Fixes.Any(fix => withUnsafe || fix.Safety == FixSafety.Safe));
    }

    /// <summary>What the rule finds in a text, with its severity and what comments suppress taken into account.</summary>
    public Diagnostic[] Find(string text) =>
        [.. SpecAnalyzer.Analyze(Parse(text), Host(), AnalysisSettings.Read(Settings)).Diagnostics.Where(static diagnostic => diagnostic.Descriptor == _rule.Descriptor)];

    private SpecDocument Parse(string text) => SpecDocument.Parse(SourceText.From(text, Path), SpecDocument.KindOf(Path));

    private AnalysisHost Host() => new(Catalogue, Files, Today);

    private static (string Text, List<TextSpan> Spans) Unmark(string marked)
    {
        var text = new StringBuilder();
        var spans = new List<TextSpan>();
        int start = -1;
        int offset = 0;
        while (offset < marked.Length)
        {
            if (marked.AsSpan(offset).StartsWith("[|"))
            {
                start = Encoding.UTF8.GetByteCount(text.ToString());
                offset += 2;
            }
            else if (start >= 0 && marked.AsSpan(offset).StartsWith("|]"))
            {
                spans.Add(TextSpan.FromBounds(start, Encoding.UTF8.GetByteCount(text.ToString())));
                start = -1;
                offset += 2;
            }
            else
            {
                text.Append(marked[offset++]);
            }
        }
        return (text.ToString(), spans);
    }
}
