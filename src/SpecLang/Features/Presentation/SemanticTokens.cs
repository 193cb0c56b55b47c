using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>
/// The pieces of a spec with what they are, for highlighting that knows more than a grammar can: which fields exist, where variables are, what is a comment of the script
/// around a spec and what is the spec.
/// </summary>
public sealed class SemanticTokens
{
    private readonly SpecAnalysis _spec;
    private readonly SyntaxTree _tree;
    private readonly TokenRoles _roles;
    private readonly TextSpan _range;
    private readonly ImmutableArray<SemanticToken>.Builder _tokens = ImmutableArray.CreateBuilder<SemanticToken>();
    private readonly ImmutableArray<TextSpan> _codes;
    private int _nextCode;

    private SemanticTokens(SpecAnalysis spec, TextSpan range)
    {
        _spec = spec;
        _tree = spec.Tree;
        _range = range;
        _roles = TokenRoles.Of(spec);
        _codes = [.. SuppressionList.Read(_tree).Comments.SelectMany(static comment => comment.Codes).Select(static code => code.Span)];
    }

    /// <summary>
    /// All pieces of a spec, in order, none of them overlapping another. Comment prefixes of a spec in a script are the script's, and left out; so is the rest of the
    /// script, but for the guards.
    /// </summary>
    public static ImmutableArray<SemanticToken> Of(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Of(spec, new(0, spec.Text.Length));
    }

    /// <summary>The pieces that lie in a part of the text, wholly or not.</summary>
    public static ImmutableArray<SemanticToken> Of(SpecAnalysis spec, TextSpan range)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Document.Region is { } region ? new SemanticTokens(spec, range).Classify(region) : [];
    }

    private ImmutableArray<SemanticToken> Classify(SpecRegion region)
    {
        if (region.BeginGuard is { } begin) Add(begin, SemanticTokenKind.Guard);
        ReadOnlySpan<SyntaxToken> tokens = _tree.Tokens;
        // A token that ends before the range may be followed by a comment in it.
        for (int i = Math.Max(0, _tree.FindToken(_range.Start) - 1); i < tokens.Length && (i == 0 || tokens[i - 1].End <= _range.End); i++)
        {
            foreach (SyntaxToken trivia in _tree.TriviaBefore(i))
            {
                if (trivia.Kind == SyntaxKind.Comment) AddComment(trivia);
            }
            AddToken(i, tokens[i]);
        }
        if (region.EndGuard is { } end) Add(end, SemanticTokenKind.Guard);
        return _tokens.DrainToImmutable();
    }

    private void AddToken(int index, SyntaxToken token)
    {
        switch (token.Kind)
        {
            case SyntaxKind.EndOfSpec or SyntaxKind.Unknown:
                break;
            case SyntaxKind.Heredoc:
                AddHeredoc(token);
                break;
            case SyntaxKind.StringLiteral when _roles.Find(index) is null:
                AddText(token, _roles.TextOf(index));
                break;
            default:
                (SemanticTokenKind kind, SemanticTokenModifiers modifiers) = _roles.Find(index) ?? (KindOf(token.Kind), SemanticTokenModifiers.None);
                Add(token.Span, kind, modifiers);
                break;
        }
    }

    private static SemanticTokenKind KindOf(SyntaxKind kind) => kind switch
    {
        SyntaxKind.Identifier => SemanticTokenKind.Word,
        SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral => SemanticTokenKind.Number,
        _ => SemanticTokenKind.Punctuation,
    };

    /// <summary>A string: its escape sequences, and what its field gives a meaning to.</summary>
    private void AddText(SyntaxToken token, TextRole role)
    {
        foreach (SemanticToken piece in StringPieces.Of(_spec.Text, token, role)) Add(piece.Span, piece.Kind, piece.Modifiers);
    }

    private void AddHeredoc(SyntaxToken token)
    {
        List<TextSpan> lines = LinesOf(token.Span);
        for (int i = 0; i < lines.Count; i++)
        {
            bool isMark = i == 0 || i == lines.Count - 1 && token.Fault == TokenFault.None;
            Add(lines[i], isMark ? SemanticTokenKind.HeredocMark : SemanticTokenKind.Text);
        }
    }

    private void AddComment(SyntaxToken comment)
    {
        int start = comment.Start;
        foreach (TextSpan directive in CommentDirective.Find(_tree.Text, comment.Span))
        {
            Add(TextSpan.FromBounds(start, directive.Start), SemanticTokenKind.Comment);
            Add(directive, SemanticTokenKind.Directive);
            start = directive.End;
        }
        while (_nextCode < _codes.Length && _codes[_nextCode].Start < start) _nextCode++;
        for (; _nextCode < _codes.Length && _codes[_nextCode].End <= comment.End; _nextCode++)
        {
            Add(TextSpan.FromBounds(start, _codes[_nextCode].Start), SemanticTokenKind.Comment);
            Add(_codes[_nextCode], SemanticTokenKind.Code);
            start = _codes[_nextCode].End;
        }
        Add(TextSpan.FromBounds(start, comment.End), SemanticTokenKind.Comment);
    }

    /// <summary>The lines of a span, without line breaks and without what belongs to the script.</summary>
    private List<TextSpan> LinesOf(TextSpan span)
    {
        var lines = new List<TextSpan>();
        SpecRegion region = _tree.Document.Region!;
        for (int line = region.FindLine(span.Start); line < region.Lines.Length && region.Lines[line].Start < span.End; line++)
        {
            int start = Math.Max(span.Start, region.Lines[line].ContentStart);
            int end = Math.Min(span.End, region.Lines[line].ContentEnd);
            while (start < end)
            {
                int lineEnd = _tree.Text.GetLineSpanIncludingBreak(_tree.Text.GetLine(start)).End;
                lines.Add(TextSpan.FromBounds(start, Math.Min(lineEnd, end)));
                start = Math.Min(lineEnd, end);
            }
        }
        return lines;
    }

    /// <summary>Adds a piece, line by line: a lone CR, which is no line break to the language, is one to editors.</summary>
    private void Add(TextSpan span, SemanticTokenKind kind, SemanticTokenModifiers modifiers = SemanticTokenModifiers.None)
    {
        ReadOnlySpan<byte> bytes = _spec.Text.Bytes;
        int start = span.Start;
        while (start < span.End)
        {
            int length = bytes[start..span.End].IndexOfAny((byte)'\r', (byte)'\n');
            var piece = new TextSpan(start, length < 0 ? span.End - start : length);
            if (!piece.IsEmpty && piece.OverlapsWith(_range)) _tokens.Add(new(piece, kind, modifiers));
            start = piece.End + 1;
        }
    }
}
