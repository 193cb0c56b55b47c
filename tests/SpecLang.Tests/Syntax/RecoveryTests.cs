using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

/// <summary>
/// One mistake costs at most the wheel it is in, and says so a bounded number of times: most often once. The bounds are the worst of the corpus, to be lowered
/// when recovery gets better.
/// </summary>
public sealed class RecoveryTests
{
    [Fact]
    public void Without_one_token_the_rest_is_still_understood() =>
        CheckEach("deleting", 6, static (pieces, i) => pieces[i] = pieces[i] with { Token = "" });

    [Fact]
    public void With_one_token_twice_the_rest_is_still_understood() =>
        CheckEach("repeating", 2, static (pieces, i) => pieces.Insert(i + 1, new(" ", pieces[i].Token)));

    [Fact]
    public void With_two_tokens_swapped_the_rest_is_still_understood() =>
        CheckEach("swapping", 11, static (pieces, i) => (pieces[i], pieces[i + 1]) = (pieces[i] with { Token = pieces[i + 1].Token }, pieces[i + 1] with { Token = pieces[i].Token }));

    [Theory]
    [InlineData(">", 3)]
    [InlineData("}", 6)]
    [InlineData("<", 4)]
    [InlineData("{", 4)]
    [InlineData("[", 5)]
    [InlineData("]", 2)]
    [InlineData(":", 3)]
    [InlineData(",", 2)]
    [InlineData("=", 3)]
    [InlineData("word", 4)]
    [InlineData("12", 4)]
    [InlineData("'text'", 4)]
    public void With_one_token_too_many_the_rest_is_still_understood(string inserted, int mostReported) =>
        CheckEach("inserting", mostReported, (pieces, i) => pieces.Insert(i + 1, new(" ", inserted)));

    private const string Wheels3 = "wheel: <\n  name: \"x\"\n  version: \"1\"\n  match_tag: <\n    platform: \"p\"\n  >\n>\nwheel: <\n  name: \"y\"\n  version: \"2\"\n>\n# A comment.\nwheel: <\n  name: \"z\"\n  version: \"3\"\n>\n";

    /// <summary>A mistake of someone who types above, between and inside wheels. <c>W</c> stands for three wheels, of which none may be lost.</summary>
    [Theory]
    [InlineData("Wwheel: <\nW", "VPY1004 <", "")]
    [InlineData("wheel: <\nW", "VPY1004 <", "")]
    [InlineData("wheel: < na\nW", "VPY1004 <", "")]
    [InlineData("wheel {\n  name: \"a\"\n  match_tag: <\nW", "VPY1004 { VPY1004 <", "a")]
    [InlineData("verify_pep425_tag: <\nW", "VPY1004 <", null)]
    [InlineData("verify_pep425_tag: [\n {python: \"a\", \nW", "VPY1004 {", null)]
    [InlineData("verify_pep425_tag: [\n  [\nW", "VPY1004 [", null)]
    [InlineData("wheel: [[\nW", "VPY1004 [", null)]
    [InlineData("wheel: [\nW", "VPY1004 [", null)]
    [InlineData("wheel: <\n  name: \"a\"\n  wheel: < na\n  version: \"1\"\n>\nW", "VPY1004 <", "a 1")]
    [InlineData("wheel: <\n  name: \"a\"\n  match_tag: <\n  version: \"1\"\n>\nW", "VPY1004 <@3", "a 1")]
    [InlineData("wheel: <\n  name: \"a\"\n  version: \"1\" match_tag: <\n>\nW", "VPY1004 <@3", "a 1")]
    [InlineData("wheel: <\n  name: \"a\"\n  version: \"1\"\n  >\n>\nW", "VPY1006 >", "a 1")]
    [InlineData("wheel: <<X\n  name: \"b\"\n>\nW", "VPY1009 <<X", "b")]
    [InlineData("W>>>>>>> theirs\nW", "VPY1014 >>>>>>> theirs", null)]
    [InlineData("W=======\nW", "VPY1014 =======", null)]
    [InlineData("wheel: <\n  name: \"a\"\n=======\n  version: \"1\"\n>>>>>>> b\n>\nW", "VPY1014 =======", "a 1")]
    [InlineData("wheel: <\n  name: \"a\"\n>>>>>>> b\n  version: \"1\"\n>\nW", "VPY1014 >>>>>>> b", "a 1")]
    [InlineData("wheel: <\n  name: \"a\"\n<<<<<<< HEAD\n  version: \"1\"\n=======\n  version: \"2\"\n>>>>>>> b\n>\nW", "VPY1014 <<<<<<< HEAD", "a 1")]
    [InlineData("wheel: <\n  name: \"a\"\n  version: <<<<<<< HEAD\n \"1\"\n>\nW", "VPY1014 <<<<<<< HEAD", "a 1")]
    [InlineData("wheel:\n  name: \"a\"\n  version: \"1\"\n>\nW", "VPY1023 ", "a 1")]
    [InlineData("wheel: < :\n  name: \"a\"\n  version: \"1\"\n>\nW", "VPY1001 :", "a 1")]
    [InlineData("wheel: < }\n  name: \"a\"\n  version: \"1\"\n>\nW", "VPY1006 }", "a 1")]
    [InlineData("wheel: < >\n  name: \"a\"\n  version: \"1\"\n>\nW", "VPY1006 >", "a 1")]
    [InlineData("verify_pep425_tag: [\n  {> python: \"a\"},\n  {python: \"b\"}\n]\nW", "VPY1006 >", null)]
    [InlineData("verify_pep425_tag: [\n  {python <<<<<<< HEAD\n: \"a\"},\n  {python: \"b\"}\n]\nW", "VPY1014 <<<<<<< HEAD", null)]
    [InlineData("verify_pep425_tag wheel : [\n  {python: \"a\"}\n]\nW", "VPY1022 wheel", null)]
    public void What_is_half_typed_costs_no_wheel_and_is_said_once(string text, string expected, string? wheel)
    {
        SpecDocument document = SpecDocument.Parse(SourceText.From(text.Replace("W", Wheels3, StringComparison.Ordinal)), DocumentKind.Spec);
        var bound = BoundSpec.Bind(document);
        string said = string.Join(' ', bound.Diagnostics.Select(diagnostic =>
            $"{diagnostic.Id} {document.Text.ToString(diagnostic.Span)}{(expected.Contains('@', StringComparison.Ordinal) ? $"@{document.Text.GetLine(diagnostic.Span.Start) + 1}" : "")}"));
        Assert.Equal(expected, said);
        string[] around = ["x 1", "y 2", "z 3"];
        string[] all = [.. text.Where(static letter => letter == 'W').SelectMany(_ => around), .. wheel is null ? Array.Empty<string>() : [wheel.Contains(' ', StringComparison.Ordinal) ? wheel : wheel + " "]];
        Assert.Equal(all.Order(StringComparer.Ordinal), Wheels(bound).Order(StringComparer.Ordinal));
    }

    private static void CheckEach(string action, int mostReported, Action<List<Piece>, int> change)
    {
        var lost = new Worst();
        var reported = new Worst();
        foreach (CorpusFile file in CorpusFile.All.Where(file => file.Verdict == "ok"))
        {
            var tree = SyntaxTree.Parse(file.Parse());
            List<Piece> pieces = Split(tree);
            string[] wheels = Wheels(BoundSpec.Bind(Parse(pieces, file.Kind)));
            for (int i = 0; i + 2 < tree.Tokens.Length; i++)
            {
                List<Piece> changed = [.. pieces];
                change(changed, i);
                SpecDocument document = Parse(changed, file.Kind);
                var bound = BoundSpec.Bind(document);
                string Describe() => $"{action} token {i} '{pieces[i].Token}' of {file.Name}:\n{string.Join('\n', bound.Diagnostics.Select(diagnostic => diagnostic.ToString(document.Text)))}";
                lost.Add(Difference(wheels, Wheels(bound)), Describe);
                reported.Add(bound.Diagnostics.Length, Describe);
            }
        }
        Assert.True(lost.Value <= 1, $"{lost.Value} wheels differ after {lost.Example}");
        Assert.True(reported.Value <= mostReported, $"{reported.Value} diagnostics after {reported.Example}");
    }

    /// <summary>How many wheels of the one are not in the other, or the reverse, whichever is more.</summary>
    private static int Difference(string[] before, string[] after)
    {
        int common = before.GroupBy(static wheel => wheel).Join(after.GroupBy(static wheel => wheel), static wheel => wheel.Key, static wheel => wheel.Key, static (left, right) => Math.Min(left.Count(), right.Count())).Sum();
        return Math.Max(before.Length, after.Length) - common;
    }

    private static string[] Wheels(BoundSpec bound) => [.. bound.Spec.Wheel.Select(static wheel => $"{wheel.Name} {wheel.Version}")];

    /// <summary>The tokens, each with the trivia before it; the last one, which is empty, has the rest of the file.</summary>
    private static List<Piece> Split(SyntaxTree tree)
    {
        var pieces = new List<Piece>();
        int end = 0;
        foreach (SyntaxToken token in tree.Tokens)
        {
            pieces.Add(new(tree.Text.ToString(TextSpan.FromBounds(end, token.Start)), tree.Text.ToString(token.Span)));
            end = token.End;
        }
        pieces.Add(new(tree.Text.ToString(TextSpan.FromBounds(end, tree.Text.Length)), ""));
        return pieces;
    }

    private static SpecDocument Parse(List<Piece> pieces, DocumentKind kind) =>
        SpecDocument.Parse(SourceText.From(string.Concat(pieces.Select(piece => piece.Trivia + piece.Token))), kind);

    private readonly record struct Piece(string Trivia, string Token);

    private sealed class Worst
    {
        public int Value { get; private set; }

        public string Example { get; private set; } = "";

        public void Add(int value, Func<string> describe)
        {
            if (value <= Value) return;
            Value = value;
            Example = describe();
        }
    }
}
