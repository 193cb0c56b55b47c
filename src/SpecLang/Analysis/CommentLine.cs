using System.Text;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A comment of a spec, for rules that read what people write there.</summary>
/// <param name="Span">Where it is, with its sign.</param>
/// <param name="Text">The whole of it, with its sign.</param>
/// <param name="NextToken">The token that follows it.</param>
internal readonly record struct CommentLine(TextSpan Span, string Text, int NextToken)
{
    /// <summary>What it says: without signs and blanks around it.</summary>
    public string Words => Text.TrimStart('#').Trim();

    /// <summary>The comments of a spec, in order.</summary>
    public static IEnumerable<CommentLine> Of(SyntaxTree tree)
    {
        for (int token = 0; token < tree.Tokens.Length; token++)
        {
            if (!tree.MayHaveCommentBefore(token) || Before(tree, token) is not { } comments) continue;
            foreach (CommentLine comment in comments) yield return comment;
        }
    }

    /// <summary>Where a part of the text is.</summary>
    /// <param name="start">The index of its first character.</param>
    /// <param name="length">How many characters it has.</param>
    public TextSpan SpanOf(int start, int length) =>
        new(Span.Start + Encoding.UTF8.GetByteCount(Text.AsSpan(0, start)), Encoding.UTF8.GetByteCount(Text.AsSpan(start, length)));

    /// <summary>Whether an empty line stands anywhere between a token and the one before it, or, from an offset on, between that and the token.</summary>
    public static bool HasEmptyLineBefore(SyntaxTree tree, int token, int from = 0)
    {
        int lineBreaks = 0;
        foreach (SyntaxToken trivia in tree.TriviaBefore(token))
        {
            if (trivia.Start < from) continue;
            if (trivia.Kind == SyntaxKind.Comment) lineBreaks = 0;
            else if (trivia.Kind == SyntaxKind.EndOfLine && ++lineBreaks > 1) return true;
        }
        return false;
    }

    private static List<CommentLine>? Before(SyntaxTree tree, int token)
    {
        List<CommentLine>? comments = null;
        foreach (SyntaxToken trivia in tree.TriviaBefore(token))
        {
            if (trivia.Kind == SyntaxKind.Comment) (comments ??= []).Add(new(trivia.Span, tree.Text.ToString(trivia.Span), token));
        }
        return comments;
    }
}
