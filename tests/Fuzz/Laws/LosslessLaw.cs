using System.Buffers;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;

namespace VPythonTools.Fuzz.Laws;

/// <summary>The law of the lossless tree: its tokens and trivia, joined, are the file.</summary>
public static class LosslessLaw
{
    /// <summary>Checks a document, whatever it is.</summary>
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
            Law.Holds(end == token.Start, "Two pieces have a gap between them, or overlap.");
            Law.Holds(token.Length > 0 || token.Kind == SyntaxKind.EndOfSpec, "A piece is empty.");
            sawEnd |= token.Kind == SyntaxKind.EndOfSpec;
            end = token.End;
        }
        Law.Holds(sawEnd && document.Text.Length == end, "The pieces end before the file.");
    }

    private static void CheckTree(SyntaxTree tree)
    {
        var joined = new ArrayBufferWriter<byte>();
        for (int i = 0; i <= tree.Tokens.Length; i++)
        {
            foreach (SyntaxToken trivia in tree.TriviaBefore(i)) joined.Write(tree.Text.Slice(trivia.Span));
            if (i < tree.Tokens.Length) joined.Write(tree.Text.Slice(tree.Tokens[i].Span));
        }
        Law.Holds(tree.Text.Bytes.SequenceEqual(joined.WrittenSpan), "The tree's text is not the file's.");
        CheckNode(tree.Root, tree);
    }

    private static void CheckNode(SyntaxNode node, SyntaxTree tree)
    {
        Law.Holds(node.FirstToken >= 0 && node.TokenEnd >= node.FirstToken && node.TokenEnd < tree.Tokens.Length, "A node has tokens that the tree has not.");
        int end = node.FirstToken;
        foreach (SyntaxNode child in Children(node))
        {
            Law.Holds(child.Parent == node, "A child does not know its parent.");
            Law.Holds(child.FirstToken >= end && child.TokenEnd <= node.TokenEnd, "A child lies outside its node, or over its neighbour.");
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
