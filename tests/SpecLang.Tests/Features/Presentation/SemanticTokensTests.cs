using System.Collections.Immutable;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Features.Presentation;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Features.Presentation;

public sealed class SemanticTokensTests
{
    [Fact]
    public void Fields_values_and_brackets_are_told_apart() => IsClassified(
        """
        python_version: "3.11"
        wheel: <x: -1.5 y: true [a.b]: 0x1F>
        virtualenv: {}
        """,
        "Field python_version", "Punctuation :", "Text \"3.11\"",
        "Field wheel", "Punctuation :", "Punctuation <",
        "Field x !Unknown", "Punctuation :", "Punctuation -", "Number 1.5",
        "Field y !Unknown", "Punctuation :", "Word true",
        "Type [", "Type a", "Type .", "Type b", "Type ]", "Punctuation :", "Number 0x1F", "Punctuation >",
        "Field virtualenv !Deprecated", "Punctuation :", "Punctuation {", "Punctuation }");

    [Fact]
    public void A_name_has_a_distribution_and_variables() => IsClassified(
        """
        wheel: <name: "infra/python/wheels/psutil/${vpython_platform}/${os=linux,mac}${oz}" version: "version:5.8.0">
        """,
        "Field wheel", "Punctuation :", "Punctuation <",
        "Field name", "Punctuation :", "Text \"infra/python/wheels/", "Distribution psutil !Declaration", "Text /",
        "VariablePunctuation ${", "Variable vpython_platform", "VariablePunctuation }", "Text /",
        "VariablePunctuation ${", "Variable os", "VariablePunctuation =", "Alternative linux", "VariablePunctuation ,", "Alternative mac", "VariablePunctuation }",
        "VariablePunctuation ${", "Variable oz !Unknown", "VariablePunctuation }", "Text \"",
        "Field version", "Punctuation :", "Text \"version:", "Version 5.8.0", "Text \"", "Punctuation >");

    [Fact]
    public void A_variable_without_its_brace_is_one() => IsClassified(
        """
        wheel: <name: "a-py3${os=l
        """,
        "Field wheel", "Punctuation :", "Punctuation <",
        "Field name", "Punctuation :", "Text \"a-py3", "VariablePunctuation ${", "Variable os", "VariablePunctuation =", "Alternative l");

    [Fact]
    public void Escapes_are_told_from_the_text_around_them() => IsClassified(
        """
        python_version: "a\n\x41\q" 'é\u00e9'
        """,
        "Field python_version", "Punctuation :", "Text \"a", "Escape \\n", "Escape \\x41", "Escape \\q", "Text \"", "Text 'é", "Escape \\u00e9", "Text '");

    [Fact]
    public void A_heredoc_is_classified_line_by_line() => IsClassified(
        """
        python_version: <<END
        3.11

        x
        END
        """,
        "Field python_version", "Punctuation :", "HeredocMark <<END", "Text 3.11", "Text x", "HeredocMark END");

    [Fact]
    public void What_tools_act_upon_in_comments_is_told_from_words() => IsClassified(
        """
        # Used by: //x.py
        # vpython: disable=VPY2003,VPY2104 -- because
        wheel: <> # vpython-fmt: off
        """,
        "Comment # Used by: //x.py",
        "Comment # ", "Directive vpython: disable=", "Code VPY2003", "Comment ,", "Code VPY2104", "Comment  -- because",
        "Field wheel", "Punctuation :", "Punctuation <", "Punctuation >", "Comment # ", "Directive vpython-fmt: off");

    [Fact]
    public void Guards_are_classified_and_the_script_is_not()
    {
        SemanticToken[] tokens = [.. SemanticTokens.Of(MarkedSpec.Analyze("x = '#'\n# [VPYTHON:BEGIN]\n# # c\n# [VPYTHON:END]\ny = 1\n", "/src/x.py"))];
        Assert.Equal([new(new(10, 15), SemanticTokenKind.Guard), new(new(28, 3), SemanticTokenKind.Comment), new(new(34, 13), SemanticTokenKind.Guard)], tokens);
    }

    [Fact]
    public void Fields_of_another_schema_are_neither_known_nor_unknown() =>
        Assert.Equal(SemanticTokenModifiers.None, SemanticTokens.Of(MarkedSpec.Analyze(SourceText.From("anything: 1\n"), DocumentKind.TextFormat))[0].Modifiers);

    [Fact]
    public void Pieces_of_any_text_follow_each_other_on_one_line_each() => BrokenTexts.Check(static (spec, random) =>
    {
        ImmutableArray<SemanticToken> tokens = SemanticTokens.Of(spec);
        int end = 0;
        foreach (SemanticToken token in tokens)
        {
            Assert.True(token.Span.Start >= end && !token.Span.IsEmpty && token.Span.End <= spec.Text.Length);
            Assert.True(spec.Text.Slice(token.Span).IndexOfAny((byte)'\r', (byte)'\n') < 0);
            end = token.Span.End;
        }
        int[] bounds = [random.Next(spec.Text.Length + 1), random.Next(spec.Text.Length + 1)];
        var range = TextSpan.FromBounds(bounds.Min(), bounds.Max());
        Assert.Equal(tokens.Where(token => token.Span.OverlapsWith(range)), SemanticTokens.Of(spec, range));
    });

    private static void IsClassified(string text, params string[] expected)
    {
        foreach (MarkedSpec spec in MarkedSpec.InAllForms(text))
        {
            Assert.Equal(expected, SemanticTokens.Of(spec.Analysis)
                .Where(static token => token.Kind != SemanticTokenKind.Guard)
                .Select(token => $"{token.Kind} {spec.Text.ToString(token.Span)}{(token.Modifiers == SemanticTokenModifiers.None ? "" : $" !{token.Modifiers}")}"));
        }
    }
}
