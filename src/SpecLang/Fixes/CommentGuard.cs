using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>Sees to it that no safe fix loses a comment: one that would is offered as an unsafe one, whatever its rule says.</summary>
internal static class CommentGuard
{
    /// <summary>The finding, with fixes that are as safe as they say.</summary>
    public static Diagnostic Check(Diagnostic finding, SyntaxTree tree)
    {
        if (!finding.Fixes.Any(static fix => fix.Safety == FixSafety.Safe && fix.Changes.Any(static change => !change.Span.IsEmpty))) return finding;
        return finding with { Fixes = [.. finding.Fixes.Select(fix => fix.Safety == FixSafety.Safe && LosesComment(fix.Changes, tree) ? fix with { Safety = FixSafety.Unsafe } : fix)] };
    }

    private static bool LosesComment(ImmutableArray<TextChange> changes, SyntaxTree tree)
    {
        foreach (TextChange change in changes)
        {
            if (change.Span.IsEmpty || tree.Text.Slice(change.Span).IndexOf((byte)'#') < 0) continue;
            foreach (string comment in CommentsIn(change.Span, tree))
            {
                // Moved comments are not lost.
                if (!changes.Any(other => other.NewText.Contains(comment, StringComparison.Ordinal))) return true;
            }
        }
        return false;
    }

    private static List<string> CommentsIn(TextSpan span, SyntaxTree tree)
    {
        var comments = new List<string>();
        int last = Math.Min(tree.FindToken(span.End) + 1, tree.Tokens.Length - 1);
        for (int token = tree.FindToken(span.Start); token <= last; token++)
        {
            foreach (SyntaxToken trivia in tree.TriviaBefore(token))
            {
                if (trivia.Kind == SyntaxKind.Comment && trivia.Span.OverlapsWith(span)) comments.Add(tree.Text.ToString(trivia.Span).TrimEnd());
            }
        }
        return comments;
    }
}
