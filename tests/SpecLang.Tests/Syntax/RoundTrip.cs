using System.Buffers;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using Xunit;

namespace VPythonTools.SpecLang.Tests.Syntax;

/// <summary>The law of the lossless tree: its tokens and trivia, joined, are the file.</summary>
internal static class RoundTrip
{
    public static void Check(SpecDocument document)
    {
        CheckLexer(document);
        CheckTree(SyntaxTree.Parse(document));
    }

    private static void CheckLexer(SpecDocument document)
    {
        var lexer = new SpecLexer(document);
        int end = 0;
        bool sawEnd = false;
        while (lexer.Next(out SyntaxToken token))
        {
            Assert.Equal(end, token.Start);
            Assert.True(token.Length > 0 || token.Kind == SyntaxKind.EndOfSpec);
            sawEnd |= token.Kind == SyntaxKind.EndOfSpec;
            end = token.End;
        }
        Assert.True(sawEnd);
        Assert.Equal(document.Text.Length, end);
    }

    private static void CheckTree(SyntaxTree tree)
    {
        var joined = new ArrayBufferWriter<byte>();
        for (int i = 0; i <= tree.Tokens.Length; i++)
        {
            foreach (SyntaxToken trivia in tree.TriviaBefore(i)) joined.Write(tree.Text.Slice(trivia.Span));
            if (i < tree.Tokens.Length) joined.Write(tree.Text.Slice(tree.Tokens[i].Span));
        }
        Assert.True(tree.Text.Bytes.SequenceEqual(joined.WrittenSpan), "The tree's text is not the file's.");
        CheckNode(tree.Root, tree);
    }

    private static void CheckNode(SyntaxNode node, SyntaxTree tree)
    {
        Assert.InRange(node.FirstToken, 0, tree.Tokens.Length - 1);
        Assert.InRange(node.TokenEnd, node.FirstToken, tree.Tokens.Length - 1);
        int end = node.FirstToken;
        foreach (SyntaxNode child in Children(node))
        {
            Assert.Same(node, child.Parent);
            Assert.True(child.FirstToken >= end && child.TokenEnd <= node.TokenEnd, "A child lies outside its node, or over its neighbour.");
            end = child.TokenEnd;
            CheckNode(child, tree);
        }
    }

    private static IEnumerable<SyntaxNode> Children(SyntaxNode node) => node switch
    {
        MessageSyntax message => message.Fields,
        ListSyntax list => list.Elements,
        FieldSyntax { Value: { } value } => [value],
        _ => [],
    };
}
