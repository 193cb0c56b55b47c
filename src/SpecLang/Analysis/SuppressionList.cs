using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>
/// The comments of a spec that suppress findings. <c># vpython: disable=CODE</c> on a line of its own speaks of the field below it; behind a field, of that
/// field; behind an opening bracket, of the whole message; <c># vpython: disable-file=CODE</c> of the whole spec, wherever it stands.
/// </summary>
public sealed class SuppressionList
{
    /// <summary>The word that stands for all codes.</summary>
    internal const string EveryCode = "all";

    private const string Directive = "vpython:";
    private const string Disable = "disable=";
    private const string DisableFile = "disable-file=";

    private readonly HashSet<TextSpan> _used = [];

    private SuppressionList(ImmutableArray<SuppressionComment> comments) => Comments = comments;

    /// <summary>No comments.</summary>
    public static SuppressionList None => new([]);

    /// <summary>The comments, in order of position.</summary>
    public ImmutableArray<SuppressionComment> Comments { get; }

    /// <summary>The codes that suppressed nothing so far, each with its place.</summary>
    public IEnumerable<(SuppressionComment Comment, string Id, TextSpan Span)> Unused =>
        from comment in Comments from code in comment.Codes where !_used.Contains(code.Span) select (comment, code.Id, code.Span);

    /// <summary>Reads the comments of a spec.</summary>
    public static SuppressionList Read(SyntaxTree tree)
    {
        // Most specs have none, and looking at all trivia takes time.
        if (tree.Text.Bytes.IndexOf("vpython:"u8) < 0) return new([]);
        var comments = ImmutableArray.CreateBuilder<SuppressionComment>();
        for (int i = 0; i < tree.Tokens.Length; i++)
        {
            bool isOwnLine = i == 0;
            foreach (SyntaxToken trivia in tree.TriviaBefore(i))
            {
                if (trivia.Kind == SyntaxKind.EndOfLine) isOwnLine = true;
                if (trivia.Kind == SyntaxKind.Comment && ReadComment(tree, trivia, i, isOwnLine) is { } comment) comments.Add(comment);
            }
        }
        return new(comments.DrainToImmutable());
    }

    /// <summary>Whether a finding is suppressed; the code that does it counts as used.</summary>
    public bool Suppresses(Diagnostic diagnostic)
    {
        bool isSuppressed = false;
        foreach (SuppressionComment comment in Comments)
        {
            if (!comment.Scope.Touches(diagnostic.Span.Start)) continue;
            foreach ((string id, TextSpan span) in comment.Codes)
            {
                if (id != EveryCode && !id.Equals(diagnostic.Id, StringComparison.OrdinalIgnoreCase)) continue;
                _used.Add(span);
                isSuppressed = true;
            }
        }
        return isSuppressed;
    }

    /// <summary>Where, in the beginning of a comment, the codes begin that it suppresses; null in other comments, and where the reason has begun.</summary>
    internal static int? FindCodes(string comment) =>
        FindCodesStart(comment, out _) is { } start && comment.IndexOf("--", start, StringComparison.Ordinal) < 0 ? start : null;

    private static int? FindCodesStart(string text, out bool isFile)
    {
        isFile = false;
        int start = text.AsSpan().IndexOfAnyExcept('#', ' ', '\t');
        if (start < 0 || !text.AsSpan(start).StartsWith(Directive, StringComparison.Ordinal)) return null;
        int verb = start + Directive.Length;
        while (verb < text.Length && text[verb] == ' ') verb++;
        isFile = text.AsSpan(verb).StartsWith(DisableFile, StringComparison.Ordinal);
        return isFile ? verb + DisableFile.Length : text.AsSpan(verb).StartsWith(Disable, StringComparison.Ordinal) ? verb + Disable.Length : null;
    }

    private static SuppressionComment? ReadComment(SyntaxTree tree, SyntaxToken comment, int nextToken, bool isOwnLine)
    {
        string text = tree.Text.ToString(comment.Span);
        if (FindCodesStart(text, out bool isFile) is not { } codesStart) return null;
        int dashes = text.IndexOf("--", codesStart, StringComparison.Ordinal);
        int codesEnd = dashes < 0 ? text.Length : dashes;
        var codes = ImmutableArray.CreateBuilder<(string Id, TextSpan Span)>();
        foreach (Range range in text.AsSpan(codesStart, codesEnd - codesStart).Split(','))
        {
            (int offset, int length) = range.GetOffsetAndLength(codesEnd - codesStart);
            string code = text.Substring(codesStart + offset, length);
            int blanks = code.Length - code.TrimStart().Length;
            // Everything before the codes is ASCII, so characters are bytes.
            if (code.Trim() is { Length: > 0 } id) codes.Add((id, new(comment.Start + codesStart + offset + blanks, id.Length)));
        }
        string? reason = dashes < 0 || text[(dashes + 2)..].Trim() is not { Length: > 0 } words ? null : words;
        TextSpan scope = isFile ? new(0, tree.Text.Length) : ScopeOf(tree, nextToken, isOwnLine);
        return new(comment.Span, codes.DrainToImmutable(), scope, reason);
    }

    private static TextSpan ScopeOf(SyntaxTree tree, int nextToken, bool isOwnLine)
    {
        int token = isOwnLine || nextToken == 0 ? nextToken : nextToken - 1;
        if (Innermost(tree.Root, token) is not { } node) return new(tree.Tokens[token].Start, 0);
        // Behind an opening bracket the node is the message; elsewhere the whole field is meant.
        while (node is not (FieldSyntax or MessageSyntax) && node.Parent is { } parent) node = parent;
        if (isOwnLine)
        {
            // The largest node that begins with the token, so a message in a list, or the field around it.
            while (node.Parent is { } parent and not MessageSyntax { IsRoot: true } && parent.FirstToken == token) node = parent;
        }
        else if (node is MessageSyntax { Parent: FieldSyntax field })
        {
            node = field;
        }
        return node.Parent is null ? tree.Tokens[token].Span : node.Span;
    }

    /// <summary>The smallest node that holds a token.</summary>
    private static SyntaxNode? Innermost(SyntaxNode root, int token)
    {
        SyntaxNode? found = null;
        SyntaxNode? next = root;
        while (next is not null)
        {
            found = next;
            next = ChildrenOf(found).FirstOrDefault(child => child.FirstToken <= token && token < child.TokenEnd);
        }
        return found;
    }

    private static IEnumerable<SyntaxNode> ChildrenOf(SyntaxNode node) => node switch
    {
        MessageSyntax message => message.Fields,
        ListSyntax list => list.Elements,
        FieldSyntax { Value: { } value } => [value],
        _ => [],
    };
}
