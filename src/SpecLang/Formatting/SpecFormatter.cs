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
    /// <summary>The longest list, and the longest message in a list, that stays on one line; in characters.</summary>
    private const int LongestLine = 80;

    private const string OffDirective = "vpython-fmt: off";
    private const string OnDirective = "vpython-fmt: on";

    private readonly SyntaxTree _tree;
    private readonly FormatOptions _options;
    private readonly Gap[] _gaps;
    private readonly Dictionary<int, string> _replacements = [];
    private readonly List<TextSpan> _off;
    private int _passedOff;
    private readonly HashSet<FieldSyntax> _broken;
    private readonly List<TextChange> _changes = [];
    private readonly string _lineBreak;
    private readonly string _linePrefix;

    private SpecFormatter(SyntaxTree tree, FormatOptions options)
    {
        _tree = tree;
        _options = options;
        _gaps = new Gap[tree.Tokens.Length];
        _broken = FindBroken(tree);
        _off = FindOff(tree);
        (_linePrefix, _lineBreak) = SpecLayout.Of(tree);
    }

    private enum GapKind : byte
    {
        /// <summary>As it is.</summary>
        Kept,

        /// <summary>Nothing.</summary>
        Closed,

        /// <summary>A blank.</summary>
        Blank,

        /// <summary>A comma and a blank.</summary>
        CommaBlank,

        /// <summary>A colon and a blank.</summary>
        ColonBlank,

        /// <summary>A new line.</summary>
        Line,

        /// <summary>A new line, before a closing bracket or at the end.</summary>
        ClosingLine,
    }

    /// <summary>The changes that bring a document into the canonical style; none when it is in that style, has no spec, or has guards with a mistake.</summary>
    public static ImmutableArray<TextChange> Format(SpecDocument document, FormatOptions options) => Format(SyntaxTree.Parse(document), options);

    /// <summary>The changes that bring a parsed document into the canonical style.</summary>
    public static ImmutableArray<TextChange> Format(SyntaxTree tree, FormatOptions options)
    {
        if (tree.Document.Region is null) return [];
        if (tree.Document.Diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) return [];
        if (options.SortsWheels && WheelSorter.Sort(tree, FindOff(tree)) is { IsEmpty: false } moves && SortAndFormat(tree, moves, options) is { } change) return [change];
        List<TextChange> changes = Plan(tree, options);
        return tree.Diagnostics.IsEmpty || KeepsReading(tree, changes, options) ? [.. changes] : [];
    }

    /// <summary>The changes that sort the wheels of a document and do nothing else; none when they are in order, or when the spec has a mistake.</summary>
    internal static ImmutableArray<TextChange> SortWheels(SyntaxTree tree) =>
        tree.Document.Region is null || tree.Document.Diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? [] : WheelSorter.Sort(tree, FindOff(tree));

    /// <summary>Layout is planned on the sorted text; both together are one change, from the first byte that differs to the last.</summary>
    private static TextChange? SortAndFormat(SyntaxTree tree, ImmutableArray<TextChange> moves, FormatOptions options)
    {
        SourceText sorted = tree.Text.WithChanges(moves);
        SourceText formatted = sorted.WithChanges(Format(SpecDocument.Parse(sorted, tree.Document.Kind), options with { SortsWheels = false }));
        return TextChange.Between(tree.Text, formatted);
    }

    private static List<TextChange> Plan(SyntaxTree tree, FormatOptions options)
    {
        var formatter = new SpecFormatter(tree, options);
        formatter.Run();
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
        return IsSame(tree.Root, formatted.Root) && Plan(formatted, options).Count == 0;
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

    private void Run()
    {
        PlanFields(_tree.Root, 0);
        int last = _tree.Tokens.Length - 1;
        if (last == 0 || IsPlanned(last - 1)) _gaps[last] = new(GapKind.ClosingLine, 0);
        WriteChanges();
    }

    /// <summary>Whether a comment turns formatting on again.</summary>
    internal static bool IsOnDirective(SyntaxTree tree, SyntaxToken comment) => CommentText(tree, comment) == OnDirective;

    private static string CommentText(SyntaxTree tree, SyntaxToken comment) => tree.Text.ToString(comment.Span).TrimStart('#').Trim();

    /// <summary>The parts between the directives that turn formatting off and on, in order of position.</summary>
    private static List<TextSpan> FindOff(SyntaxTree tree)
    {
        var parts = new List<TextSpan>();
        int off = -1;
        for (int i = 0; i < tree.Tokens.Length; i++)
        {
            foreach (SyntaxToken trivia in tree.TriviaBefore(i))
            {
                if (trivia.Kind != SyntaxKind.Comment) continue;
                if (off < 0 && CommentText(tree, trivia) == OffDirective) off = trivia.Start;
                if (off < 0 || !IsOnDirective(tree, trivia)) continue;
                parts.Add(TextSpan.FromBounds(off, trivia.End));
                off = -1;
            }
        }
        if (off >= 0) parts.Add(TextSpan.FromBounds(off, tree.Text.Length));
        return parts;
    }

    /// <summary>Whether the token before the gap is one that the plan knows: the end of a field that is laid out.</summary>
    private bool IsPlanned(int token) => _tree.Root.Fields.Any(field => field.TokenEnd == token + 1);

    private void PlanFields(MessageSyntax message, int level)
    {
        int previousEnd = 0;
        for (int i = 0; i < message.Fields.Length; i++)
        {
            FieldSyntax field = message.Fields[i];
            // Tokens without a field before it are a mistake that stays where it is.
            if (field.FirstToken == previousEnd || message.Parent is not null) _gaps[field.FirstToken] = new(GapKind.Line, level);
            previousEnd = field.TokenEnd;
            int nextField = i + 1 < message.Fields.Length ? message.Fields[i + 1].FirstToken : message.Parent is null ? _tree.Tokens.Length - 1 : field.TokenEnd;
            if (message.Parent is null && (field.TokenEnd != nextField || IsBroken(field))) continue;
            PlanField(field, level, isInline: false);
        }
    }

    private bool IsBroken(FieldSyntax field) => field.Value is null || _broken.Contains(field);

    /// <summary>The fields of the spec that mistakes lie in.</summary>
    private static HashSet<FieldSyntax> FindBroken(SyntaxTree tree)
    {
        var broken = new HashSet<FieldSyntax>();
        ImmutableArray<FieldSyntax> fields = tree.Root.Fields;
        int first = 0;
        foreach (Diagnostic diagnostic in tree.Diagnostics)
        {
            // Mistakes come in order of position, and so do fields.
            while (first < fields.Length && fields[first].Span.End < diagnostic.Span.Start) first++;
            for (int i = first; i < fields.Length && fields[i].Span.Start <= diagnostic.Span.End; i++)
            {
                if (IsIn(diagnostic.Span, fields[i].Span)) broken.Add(fields[i]);
            }
        }
        return broken;
    }

    /// <summary>Whether a mistake lies in a field. Where something is missing, the place is the end of the token before it.</summary>
    private static bool IsIn(TextSpan mistake, TextSpan field) =>
        mistake.IsEmpty ? mistake.Start > field.Start && mistake.Start <= field.End : mistake.OverlapsWith(field);

    private void PlanField(FieldSyntax field, int level, bool isInline)
    {
        int nameEnd = field.FirstToken + field.NameTokens.Length;
        for (int i = field.FirstToken + 1; i < nameEnd; i++) _gaps[i] = new(GapKind.Closed, level + 1);
        ValueSyntax value = field.Value!;
        if (field.HasColon)
        {
            _gaps[nameEnd] = new(GapKind.Closed, level + 1);
            _gaps[value.FirstToken] = new(GapKind.Blank, level + 1);
        }
        else
        {
            _gaps[value.FirstToken] = new(GapKind.ColonBlank, level + 1);
        }
        PlanValue(value, level, isInline, field.NameSpan.Length + 2);
        if (field.HasSeparator) _replacements[field.TokenEnd - 1] = "";
    }

    private void PlanValue(ValueSyntax value, int level, bool isInline, int column)
    {
        switch (value)
        {
            case ScalarSyntax scalar:
                PlanScalar(scalar, level);
                break;
            case MessageSyntax message:
                PlanMessage(message, level, isInline);
                break;
            case ListSyntax list:
                PlanList(list, level, isInline, column);
                break;
        }
    }

    private void PlanScalar(ScalarSyntax scalar, int level)
    {
        for (int i = scalar.FirstToken + 1; i < scalar.TokenEnd; i++)
        {
            bool isOnNewLine = scalar.IsString && HasLineBreak(i);
            _gaps[i] = new(scalar.IsNegative ? GapKind.Closed : isOnNewLine ? GapKind.Line : GapKind.Blank, level + 1);
        }
    }

    private void PlanMessage(MessageSyntax message, int level, bool isInline)
    {
        int close = message.TokenEnd - 1;
        bool isEmpty = message.Fields.IsEmpty && !HasComment(close);
        bool staysOnLine = isInline || isEmpty;
        PlanBrackets(message, staysOnLine && !isEmpty || isInline);
        if (isEmpty)
        {
            _gaps[close] = new(GapKind.Closed, level);
            return;
        }
        if (!staysOnLine)
        {
            PlanFields(message, level + 1);
            _gaps[close] = new(GapKind.ClosingLine, level);
            return;
        }
        foreach (FieldSyntax field in message.Fields)
        {
            bool isFirst = field.FirstToken == message.FirstToken + 1;
            _gaps[field.FirstToken] = new(isFirst ? GapKind.Closed : GapKind.CommaBlank, level + 1);
            PlanField(field, level + 1, isInline: true);
        }
        _gaps[close] = new(GapKind.Closed, level);
    }

    private void PlanBrackets(MessageSyntax message, bool isInline)
    {
        bool? usesAngles = _options.Brackets switch
        {
            BracketStyle.Mixed => !isInline,
            BracketStyle.Angle => true,
            BracketStyle.Brace => false,
            _ => null,
        };
        if (usesAngles is not { } angles) return;
        _replacements[message.FirstToken] = angles ? "<" : "{";
        _replacements[message.TokenEnd - 1] = angles ? ">" : "}";
    }

    private void PlanList(ListSyntax list, int level, bool isInline, int column)
    {
        int close = list.TokenEnd - 1;
        bool fits = isInline || CanBeInline(list) && level * _options.IndentSize + column + InlineLength(list) <= LongestLine;
        if (list.Elements.IsEmpty && !HasComment(close))
        {
            _gaps[close] = new(GapKind.Closed, level);
            return;
        }
        foreach (ValueSyntax element in list.Elements)
        {
            bool isFirst = element.FirstToken == list.FirstToken + 1;
            _gaps[element.FirstToken] = new(!fits ? GapKind.Line : isFirst ? GapKind.Closed : GapKind.Blank, level + 1);
            bool elementIsInline = fits || CanBeInline(element) && (level + 1) * _options.IndentSize + InlineLength(element) + 1 <= LongestLine;
            PlanValue(element, level + 1, elementIsInline, 0);
            if (element.TokenEnd < close) _gaps[element.TokenEnd] = new(GapKind.Closed, level + 1);
        }
        _gaps[close] = new(fits ? GapKind.Closed : GapKind.ClosingLine, level);
    }

    /// <summary>Whether a value can stand on one line: nothing in it ends a line.</summary>
    private bool CanBeInline(ValueSyntax value)
    {
        for (int i = value.FirstToken; i < value.TokenEnd; i++)
        {
            if (_tree.Tokens[i].Kind == SyntaxKind.Heredoc || i > value.FirstToken && HasComment(i)) return false;
        }
        return true;
    }

    private static int InlineLength(ValueSyntax value)
    {
        int length = 0;
        switch (value)
        {
            case MessageSyntax message:
                foreach (FieldSyntax field in message.Fields) length += field.NameSpan.Length + 2 + (field.Value is null ? 0 : InlineLength(field.Value)) + 2;
                return Math.Max(length - 2, 0) + 2;
            case ListSyntax list:
                foreach (ValueSyntax element in list.Elements) length += InlineLength(element) + 2;
                return Math.Max(length - 2, 0) + 2;
            default:
                foreach (SyntaxToken token in value.Tokens) length += token.Length + 1;
                return length - 1;
        }
    }

    private bool HasComment(int token)
    {
        foreach (SyntaxToken trivia in _tree.TriviaBefore(token))
        {
            if (trivia.Kind is SyntaxKind.Comment or SyntaxKind.ConflictMarker) return true;
        }
        return false;
    }

    private bool HasLineBreak(int token)
    {
        foreach (SyntaxToken trivia in _tree.TriviaBefore(token))
        {
            if (trivia.Kind == SyntaxKind.EndOfLine) return true;
        }
        return false;
    }

    private void WriteChanges()
    {
        int previous = -1;
        for (int next = 0; next < _tree.Tokens.Length; next++)
        {
            bool isRemoved = _replacements.TryGetValue(next, out string? replacement) && replacement.Length == 0;
            if (isRemoved) continue;
            WriteGap(previous, next);
            if (replacement is not null && !IsOff(_tree.Tokens[next].Span)) Change(_tree.Tokens[next].Span, replacement);
            previous = next;
        }
    }

    /// <summary>Brings what stands between two tokens into style: white space, comments, and separators that mean nothing.</summary>
    private void WriteGap(int previous, int next)
    {
        Gap gap = _gaps[next];
        if (gap.Kind == GapKind.Kept) return;
        int start = previous < 0 ? _tree.Document.Region!.Span.Start : _tree.Tokens[previous].End;
        var span = TextSpan.FromBounds(start, _tree.Tokens[next].Start);
        if (IsOff(span)) return;

        var written = new StringBuilder();
        bool isStart = previous < 0;
        bool isBehindOpening = previous >= 0 && _tree.Tokens[previous].Kind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket && _replacements.GetValueOrDefault(previous) != "";
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

    private void BreakLine(StringBuilder written, bool isFirstOfFile, bool withBlankLine)
    {
        if (!isFirstOfFile) written.Append(_lineBreak);
        if (withBlankLine) written.Append(_linePrefix.TrimEnd()).Append(_lineBreak);
        written.Append(_linePrefix);
    }

    private void Indent(StringBuilder written, int level) => written.Append(' ', level * _options.IndentSize);

    /// <summary>Whether a part of the span is not to be formatted. Spans are asked for in order of position.</summary>
    private bool IsOff(TextSpan span)
    {
        while (_passedOff < _off.Count && _off[_passedOff].End <= span.Start) _passedOff++;
        return _passedOff < _off.Count && _off[_passedOff].Start < span.End;
    }

    private void Change(TextSpan span, string text)
    {
        if (_tree.Text.ToString(span) != text) _changes.Add(new(span, text));
    }

    /// <summary>What stands before a token.</summary>
    /// <param name="Kind">How it is separated from the token before it.</param>
    /// <param name="Level">The indentation of the token, or of what follows a comment, where a line begins.</param>
    private readonly record struct Gap(GapKind Kind, int Level);
}
