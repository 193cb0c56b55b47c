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

    /// <summary>What a comment can say, without the sign behind it.</summary>
    internal static ImmutableArray<string> Verbs { get; } = [Disable.TrimEnd('='), DisableFile.TrimEnd('=')];

    private readonly HashSet<TextSpan> _used = [];

    /// <summary>What holds for the whole text.</summary>
    private readonly Scope _whole;

    /// <summary>What holds for parts of it, by their beginnings.</summary>
    private readonly ImmutableArray<Scope> _parts;

    /// <summary>For each part, the index of the one directly around it; negative where there is none.</summary>
    private readonly int[] _around;

    private SuppressionList(ImmutableArray<SuppressionComment> comments, int length)
    {
        Comments = comments;
        var whole = new TextSpan(0, length);
        _whole = new(whole, comments.Where(comment => comment.Scope == whole));
        _parts = [.. comments.Where(comment => comment.Scope != whole).GroupBy(static comment => comment.Scope).Select(static group => new Scope(group.Key, group)).OrderBy(static scope => scope.Span.Start).ThenByDescending(static scope => scope.Span.Length)];
        _around = new int[_parts.Length];
        for (int i = 0; i < _around.Length; i++)
        {
            int around = i - 1;
            while (around >= 0 && _parts[around].Span.End < _parts[i].Span.End) around = _around[around];
            _around[i] = around;
        }
    }

    /// <summary>No comments.</summary>
    public static SuppressionList None => new([], 0);

    /// <summary>The comments, in order of position.</summary>
    public ImmutableArray<SuppressionComment> Comments { get; }

    /// <summary>The codes that suppressed nothing so far, each with its place.</summary>
    public IEnumerable<(SuppressionComment Comment, string Id, TextSpan Span)> Unused =>
        from comment in Comments from code in comment.Codes where !_used.Contains(code.Span) select (comment, code.Id, code.Span);

    /// <summary>Reads the comments of a spec.</summary>
    public static SuppressionList Read(SyntaxTree tree)
    {
        // Most specs have none, and looking at all trivia takes time.
        if (tree.Text.Bytes.IndexOf("vpython:"u8) < 0) return None;
        var comments = ImmutableArray.CreateBuilder<SuppressionComment>();
        for (int i = 0; i < tree.Tokens.Length; i++)
        {
            if (!tree.MayHaveCommentBefore(i)) continue;
            bool isOwnLine = i == 0;
            foreach (SyntaxToken trivia in tree.TriviaBefore(i))
            {
                if (trivia.Kind == SyntaxKind.EndOfLine) isOwnLine = true;
                if (trivia.Kind == SyntaxKind.Comment && ReadComment(tree, trivia, i, isOwnLine) is { } comment) comments.Add(comment);
            }
        }
        return new(comments.DrainToImmutable(), tree.Text.Length);
    }

    /// <summary>Whether a finding is suppressed; the code that does it counts as used.</summary>
    public bool Suppresses(Diagnostic diagnostic)
    {
        int offset = diagnostic.Span.Start;
        bool isSuppressed = _whole.Span.Touches(offset) && _whole.Suppresses(diagnostic.Id, _used);
        // What begins here, with all around it, and what ends here.
        return isSuppressed | SuppressesFrom(CountUpTo(offset) - 1, diagnostic) | SuppressesFrom(CountUpTo(offset - 1) - 1, diagnostic);
    }

    private bool SuppressesFrom(int part, Diagnostic diagnostic)
    {
        bool isSuppressed = false;
        for (int i = part; i >= 0; i = _around[i])
        {
            if (_parts[i].Span.Touches(diagnostic.Span.Start)) isSuppressed |= _parts[i].Suppresses(diagnostic.Id, _used);
        }
        return isSuppressed;
    }

    /// <summary>How many parts begin at an offset or before it.</summary>
    private int CountUpTo(int offset)
    {
        (int low, int high) = (0, _parts.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_parts[middle].Span.Start <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Where, in the beginning of a comment, the codes begin that it suppresses; null in other comments, and where the reason has begun.</summary>
    internal static int? FindCodes(string comment) =>
        FindCodesStart(comment, out _) is { } start && comment.IndexOf("--", start, StringComparison.Ordinal) < 0 ? start : null;

    /// <summary>Whether a comment suppresses findings, or would if it named a code.</summary>
    internal static bool IsSuppression(string comment) => FindCodesStart(comment, out _) is not null;

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
            next = found switch
            {
                MessageSyntax message => Find(message.Fields, token),
                ListSyntax list => Find(list.Elements, token),
                FieldSyntax { Value: { } value } when Holds(value, token) => value,
                _ => null,
            };
        }
        return found;
    }

    /// <summary>The node that holds a token, of some that follow each other.</summary>
    private static TNode? Find<TNode>(ImmutableArray<TNode> nodes, int token)
        where TNode : SyntaxNode
    {
        (int low, int high) = (0, nodes.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (nodes[middle].TokenEnd <= token) low = middle + 1;
            else high = middle;
        }
        return low < nodes.Length && Holds(nodes[low], token) ? nodes[low] : null;
    }

    private static bool Holds(SyntaxNode node, int token) => node.FirstToken <= token && token < node.TokenEnd;

    /// <summary>The codes of all comments that speak of one part of the text.</summary>
    private sealed class Scope
    {
        private readonly Dictionary<string, List<TextSpan>> _codes = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<TextSpan> _every = [];
        private readonly bool _hasEvery;

        public Scope(TextSpan span, IEnumerable<SuppressionComment> comments)
        {
            Span = span;
            foreach ((string id, TextSpan place) in comments.SelectMany(static comment => comment.Codes))
            {
                if (id == EveryCode) _every.Add(place);
                else if (_codes.TryGetValue(id, out List<TextSpan>? places)) places.Add(place);
                else _codes.Add(id, [place]);
            }
            _hasEvery = _every.Count > 0;
        }

        public TextSpan Span { get; }

        public bool Suppresses(string id, HashSet<TextSpan> used)
        {
            bool isNamed = _codes.TryGetValue(id, out List<TextSpan>? places);
            if (places is not null) Use(places, used);
            if (_hasEvery) Use(_every, used);
            return isNamed || _hasEvery;
        }

        /// <summary>What is used once is used: a second finding need not go through all places again.</summary>
        private static void Use(List<TextSpan> places, HashSet<TextSpan> used)
        {
            used.UnionWith(places);
            places.Clear();
        }
    }
}
