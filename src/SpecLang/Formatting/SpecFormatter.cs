using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>
/// Lays out a spec in the one canonical style. Only what stands between tokens changes, and brackets, colons and separators that mean nothing;
/// names, values and comments are never touched, so the meaning stays. A field of the spec that has a mistake stays as it is, and so does
/// everything between <c># vpython-fmt: off</c> and <c># vpython-fmt: on</c>. Formatting twice is the same as once.
/// </summary>
public sealed class SpecFormatter
{
    /// <summary>The longest prefix of lines that is repeated: a script whose guards stand behind more is left alone, since every new line would get it.</summary>
    private const int LongestPrefix = 256;

    private readonly SyntaxTree _tree;
    private readonly FormatOptions _options;
    private readonly OffParts _off;
    private readonly LayoutPlan _plan;
    private readonly List<TextChange> _changes = [];
    private readonly string _lineBreak;
    private readonly string _linePrefix;
    private readonly byte[] _lineBreakBytes;

    private SpecFormatter(SyntaxTree tree, FormatOptions options, SpecLayout layout)
    {
        _tree = tree;
        _options = options;
        _off = OffParts.Find(tree);
        _plan = LayoutPlan.Of(tree, options, _off, layout);
        (_linePrefix, _lineBreak) = layout;
        _lineBreakBytes = Encoding.UTF8.GetBytes(_lineBreak + _linePrefix);
    }

    /// <summary>The changes that bring a document into the canonical style; none when it is in that style, has no spec, or has guards with a mistake.</summary>
    public static ImmutableArray<TextChange> Format(SpecDocument document, FormatOptions options) => Format(SyntaxTree.Parse(document), options);

    /// <summary>The changes that bring a parsed document into the canonical style.</summary>
    public static ImmutableArray<TextChange> Format(SyntaxTree tree, FormatOptions options)
    {
        ImmutableArray<TextChange> layout = LayOut(tree, options);
        // The order of another schema's fields may mean something, and bytes that are no text cannot be moved.
        if (!options.SortsWheels || tree.Document.Kind == DocumentKind.TextFormat || tree.Document.Region is not { } region || !Utf8.IsValid(tree.Text.Slice(region.Span))) return layout;
        SourceText laidOut = tree.Text.WithChanges(layout);
        var laidOutTree = SyntaxTree.Parse(SpecDocument.Parse(laidOut, tree.Document.Kind));
        ImmutableArray<TextChange> moves = WheelSorter.Sort(laidOutTree, OffParts.Find(laidOutTree));
        if (moves.IsEmpty) return layout;
        SourceText sorted = laidOut.WithChanges(moves);
        SourceText result = sorted.WithChanges(LayOut(SyntaxTree.Parse(SpecDocument.Parse(sorted, tree.Document.Kind)), options));
        // Both together are one change, from the first byte that differs to the last.
        return TextChange.Between(tree.Text, result) is { } change ? [change] : layout;
    }

    private static ImmutableArray<TextChange> LayOut(SyntaxTree tree, FormatOptions options)
    {
        if (tree.Document.Region is null || HasMistakeAround(tree.Document)) return [];
        var layout = SpecLayout.Of(tree);
        if (layout.LinePrefix.Length > LongestPrefix) return [];
        List<TextChange> changes = Plan(tree, options, layout);
        return tree.Diagnostics.IsEmpty || KeepsReading(tree, changes, options) ? [.. changes] : [];
    }

    /// <summary>Guards with a mistake, and lines that are comments of the spec by mistake: laid out, they would look as if they were meant.</summary>
    private static bool HasMistakeAround(SpecDocument document) => document.Diagnostics.Any(static diagnostic =>
        diagnostic.Severity == DiagnosticSeverity.Error || diagnostic.Descriptor == RegionDiagnostics.LineWithoutPrefix);

    /// <summary>The changes that sort the wheels of a document and do nothing else; none when they are in order, or when the spec has a mistake.</summary>
    internal static ImmutableArray<TextChange> SortWheels(SyntaxTree tree) =>
        tree.Document.Region is null || HasMistakeAround(tree.Document) ? [] : WheelSorter.Sort(tree, OffParts.Find(tree));

    private static List<TextChange> Plan(SyntaxTree tree, FormatOptions options, SpecLayout layout)
    {
        var formatter = new SpecFormatter(tree, options, layout);
        formatter.WriteChanges();
        return formatter._changes;
    }

    /// <summary>
    /// Whether a text with mistakes is read the same way afterwards. Where brackets do not match, the layout is a hint of what was meant, and another
    /// layout would be another hint; then the text stays as it is.
    /// </summary>
    private static bool KeepsReading(SyntaxTree tree, List<TextChange> changes, FormatOptions options)
    {
        SourceText text = tree.Text.WithChanges(changes);
        var formatted = SyntaxTree.Parse(SpecDocument.Parse(text, tree.Document.Kind));
        return IsSame(tree.Root, formatted.Root) && Plan(formatted, options, SpecLayout.Of(formatted)).Count == 0;
    }

    private static bool IsSame(SyntaxNode? left, SyntaxNode? right) => (left, right) switch
    {
        (null, null) => true,
        (MessageSyntax first, MessageSyntax second) => first.Fields.Length == second.Fields.Length && first.Fields.Zip(second.Fields).All(static pair => IsSame(pair.First, pair.Second)),
        (ListSyntax first, ListSyntax second) => first.Elements.Length == second.Elements.Length && first.Elements.Zip(second.Elements).All(static pair => IsSame(pair.First, pair.Second)),
        (FieldSyntax first, FieldSyntax second) => HasSameTokens(first.NameTokens, first.Tree, second.NameTokens, second.Tree) && IsSame(first.Value, second.Value),
        (ScalarSyntax first, ScalarSyntax second) => HasSameTokens(first.Tokens, first.Tree, second.Tokens, second.Tree),
        _ => false,
    };

    private static bool HasSameTokens(ReadOnlySpan<SyntaxToken> left, SyntaxTree leftTree, ReadOnlySpan<SyntaxToken> right, SyntaxTree rightTree)
    {
        if (left.Length != right.Length) return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (!leftTree.Text.Slice(left[i].Span).SequenceEqual(rightTree.Text.Slice(right[i].Span))) return false;
        }
        return true;
    }

    private void WriteChanges()
    {
        int previous = -1;
        for (int next = 0; next < _tree.Tokens.Length; next++)
        {
            bool isRemoved = _plan.Replacements.TryGetValue(next, out string? replacement) && replacement.Length == 0;
            if (isRemoved) continue;
            WriteGap(previous, next);
            if (replacement is not null && !_off.Overlap(_tree.Tokens[next].Span)) Change(_tree.Tokens[next].Span, replacement);
            previous = next;
        }
    }

    /// <summary>Brings what stands between two tokens into style: white space, comments, and separators that mean nothing.</summary>
    private void WriteGap(int previous, int next)
    {
        Gap gap = _plan.Gaps[next];
        if (gap.Kind == GapKind.Kept) return;
        int start = previous < 0 ? _tree.Document.Region!.Span.Start : _tree.Tokens[previous].End;
        var span = TextSpan.FromBounds(start, _tree.Tokens[next].Start);
        if (IsInStyle(gap, span, previous, next) || _off.Overlap(span)) return;

        var written = new StringBuilder();
        bool isStart = previous < 0;
        bool isBehindOpening = previous >= 0 && _tree.Tokens[previous].Kind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket && _plan.Replacements.GetValueOrDefault(previous) != "";
        bool mustBreak = previous >= 0 && _tree.Tokens[previous].Kind == SyntaxKind.Heredoc;
        bool hasText = false;
        int lineBreaks = isStart ? 1 : 0;
        if (gap.Kind is GapKind.ColonBlank) written.Append(':');
        for (int token = previous + 1; token <= next; token++)
        {
            foreach (SyntaxToken trivia in _tree.TriviaBefore(token))
            {
                if (trivia.Kind == SyntaxKind.ConflictMarker) return;
                if (trivia.Kind == SyntaxKind.EndOfLine) lineBreaks++;
                if (trivia.Kind != SyntaxKind.Comment) continue;
                // A change is text; bytes that are none would be lost in it.
                if (!Utf8.IsValid(_tree.Text.Slice(trivia.Span))) return;
                if (lineBreaks == 0)
                {
                    written.Append("  ");
                }
                else
                {
                    BreakLine(written, isFirstOfFile: isStart && !hasText, withBlankLine: lineBreaks > 1 && (hasText || !isStart && !isBehindOpening));
                    Indent(written, gap.Kind == GapKind.ClosingLine && next < _tree.Tokens.Length - 1 ? gap.Level + 1 : gap.Level);
                }
                written.Append(_tree.Text.ToString(trivia.Span).TrimEnd());
                hasText = true;
                mustBreak = true;
                lineBreaks = 0;
            }
        }
        bool isEnd = next == _tree.Tokens.Length - 1;
        // An empty line between the guards is a spec without wheels; nothing between them would be no spec.
        if (isEnd && isStart && !hasText && _tree.Document.Region!.IsEmbedded) return;
        bool hasBlankLine = lineBreaks > 1 && gap.Kind == GapKind.Line && (hasText || !isStart && !isBehindOpening);
        if (isEnd)
        {
            if (hasText || previous >= 0) written.Append(_lineBreak);
        }
        else if (mustBreak || gap.Kind is GapKind.Line or GapKind.ClosingLine)
        {
            BreakLine(written, isFirstOfFile: isStart && !hasText, hasBlankLine);
            Indent(written, gap.Level);
        }
        else
        {
            written.Append(gap.Kind switch
            {
                GapKind.Blank or GapKind.ColonBlank => " ",
                GapKind.CommaBlank => ", ",
                _ => "",
            });
        }
        Change(span, written.ToString());
    }

    /// <summary>Whether a gap is for certain as it should be: one line break with its indentation, one blank, or nothing. Most are, and need not be taken apart.</summary>
    private bool IsInStyle(Gap gap, TextSpan span, int previous, int next)
    {
        if (previous < 0 || previous + 1 != next || next == _tree.Tokens.Length - 1) return false;
        ReadOnlySpan<byte> text = _tree.Text.Slice(span);
        bool mustBreak = _tree.Tokens[previous].Kind == SyntaxKind.Heredoc;
        return gap.Kind switch
        {
            GapKind.Closed => !mustBreak && text.IsEmpty,
            GapKind.Blank => !mustBreak && text is [(byte)' '],
            GapKind.Line or GapKind.ClosingLine => text.StartsWith(_lineBreakBytes)
                && text[_lineBreakBytes.Length..] is var indentation
                && indentation.Length == gap.Level * _options.IndentSize
                && !indentation.ContainsAnyExcept((byte)' '),
            _ => false,
        };
    }

    private void BreakLine(StringBuilder written, bool isFirstOfFile, bool withBlankLine)
    {
        if (!isFirstOfFile) written.Append(_lineBreak);
        if (withBlankLine) written.Append(_linePrefix.TrimEnd()).Append(_lineBreak);
        written.Append(_linePrefix);
    }

    private void Indent(StringBuilder written, int level) => written.Append(' ', level * _options.IndentSize);

    private void Change(TextSpan span, string text)
    {
        if (span.IsEmpty ? text.Length > 0 : _tree.Text.ToString(span) != text) _changes.Add(new(span, text));
    }
}
