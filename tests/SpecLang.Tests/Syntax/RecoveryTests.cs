using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

/// <summary>One mistake costs at most the wheel it is in, and says so a bounded number of times.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void Without_one_token_the_rest_is_still_understood() =>
        CheckEach("deleting", static (pieces, i) => pieces[i] = pieces[i] with { Token = "" });

    [Fact]
    public void With_one_token_twice_the_rest_is_still_understood() =>
        CheckEach("repeating", static (pieces, i) => pieces.Insert(i + 1, new(" ", pieces[i].Token)));

    [Fact]
    public void With_two_tokens_swapped_the_rest_is_still_understood() =>
        CheckEach("swapping", static (pieces, i) => (pieces[i], pieces[i + 1]) = (pieces[i] with { Token = pieces[i + 1].Token }, pieces[i + 1] with { Token = pieces[i].Token }));

    [Theory]
    [InlineData(">")]
    [InlineData("}")]
    [InlineData("<")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData(":")]
    [InlineData(",")]
    [InlineData("=")]
    [InlineData("word")]
    [InlineData("12")]
    [InlineData("'text'")]
    public void With_one_token_too_many_the_rest_is_still_understood(string inserted) =>
        CheckEach("inserting", (pieces, i) => pieces.Insert(i + 1, new(" ", inserted)));

    private static void CheckEach(string action, Action<List<Piece>, int> change)
    {
        var lost = new Worst();
        var reported = new Worst();
        foreach (CorpusFile file in CorpusFile.All.Where(file => file.Verdict == "ok"))
        {
            var tree = SyntaxTree.Parse(file.Parse());
            List<Piece> pieces = Split(tree);
            int wheels = BoundSpec.Bind(Parse(pieces, file.Kind)).Spec.Wheel.Count;
            for (int i = 0; i + 2 < tree.Tokens.Length; i++)
            {
                List<Piece> changed = [.. pieces];
                change(changed, i);
                SpecDocument document = Parse(changed, file.Kind);
                var bound = BoundSpec.Bind(document);
                string Describe() => $"{action} token {i} '{pieces[i].Token}' of {file.Name}:\n{string.Join('\n', bound.Diagnostics.Select(diagnostic => diagnostic.ToString(document.Text)))}";
                lost.Add(Math.Abs(wheels - bound.Spec.Wheel.Count), Describe);
                reported.Add(bound.Tree.Diagnostics.Length, Describe);
            }
        }
        Assert.True(lost.Value <= 1, $"{lost.Value} wheels differ after {lost.Example}");
        Assert.True(reported.Value <= 6, $"{reported.Value} diagnostics after {reported.Example}");
    }

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
