using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Formatting;

/// <summary>
/// Decides how a spec is laid out: what stands before each token, and which tokens that mean nothing get another text. A field of the spec that has a mistake
/// has no plan, and stays as it is.
/// </summary>
internal sealed class LayoutPlan
{
    /// <summary>The longest list, and the longest message in a list, that stays on one line; in characters.</summary>
    private const int LongestLine = 80;

    private readonly SyntaxTree _tree;
    private readonly FormatOptions _options;
    private readonly OffParts _off;
    private readonly Gap[] _gaps;
    private readonly Dictionary<int, string> _replacements = [];
    private readonly HashSet<FieldSyntax> _broken;
    private readonly int _longestContent;

    private LayoutPlan(SyntaxTree tree, FormatOptions options, OffParts off, SpecLayout layout)
    {
        _tree = tree;
        _options = options;
        _off = off;
        _gaps = new Gap[tree.Tokens.Length];
        _broken = FindBroken(tree);
        _longestContent = LongestLine - layout.LinePrefix.Length;
    }

    /// <summary>What stands before each token.</summary>
    public ReadOnlySpan<Gap> Gaps => _gaps;

    /// <summary>The text that a token gets, by its index; empty for one that goes.</summary>
    public IReadOnlyDictionary<int, string> Replacements => _replacements;

    /// <summary>Plans the layout of a spec.</summary>
    public static LayoutPlan Of(SyntaxTree tree, FormatOptions options, OffParts off, SpecLayout layout)
    {
        var plan = new LayoutPlan(tree, options, off, layout);
        plan.PlanFields(tree.Root, 0);
        int last = tree.Tokens.Length - 1;
        if (last == 0 || plan.IsPlanned(last - 1)) plan._gaps[last] = new(GapKind.ClosingLine, 0);
        return plan;
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
            // Before messages a colon means nothing; before a list of scalars its absence is a mistake that stays.
            bool mayHaveColon = value is not ListSyntax list || list.Elements is [MessageSyntax, ..];
            _gaps[value.FirstToken] = new(mayHaveColon ? GapKind.ColonBlank : GapKind.Blank, level + 1);
        }
        PlanValue(value, level, isInline, LengthOf(field.NameSpan) + 2);
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
        // One bracket of a pair alone would not be a pair any more.
        if (_off.Overlap(_tree.Tokens[message.FirstToken].Span) || _off.Overlap(_tree.Tokens[message.TokenEnd - 1].Span)) return;
        _replacements[message.FirstToken] = angles ? "<" : "{";
        _replacements[message.TokenEnd - 1] = angles ? ">" : "}";
    }

    private void PlanList(ListSyntax list, int level, bool isInline, int column)
    {
        int close = list.TokenEnd - 1;
        bool fits = isInline || CanBeInline(list) && level * _options.IndentSize + column + InlineLength(list) <= _longestContent;
        if (list.Elements.IsEmpty && !HasComment(close))
        {
            _gaps[close] = new(GapKind.Closed, level);
            return;
        }
        foreach (ValueSyntax element in list.Elements)
        {
            bool isFirst = element.FirstToken == list.FirstToken + 1;
            _gaps[element.FirstToken] = new(!fits ? GapKind.Line : isFirst ? GapKind.Closed : GapKind.Blank, level + 1);
            bool elementIsInline = fits || CanBeInline(element) && (level + 1) * _options.IndentSize + InlineLength(element) + 1 <= _longestContent;
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

    private int InlineLength(ValueSyntax value)
    {
        int length = 0;
        switch (value)
        {
            case MessageSyntax message:
                foreach (FieldSyntax field in message.Fields) length += LengthOf(field.NameSpan) + 2 + (field.Value is null ? 0 : InlineLength(field.Value)) + 2;
                return Math.Max(length - 2, 0) + 2;
            case ListSyntax list:
                foreach (ValueSyntax element in list.Elements) length += InlineLength(element) + 2;
                return Math.Max(length - 2, 0) + 2;
            default:
                foreach (SyntaxToken token in value.Tokens) length += LengthOf(token.Span) + 1;
                return length - 1;
        }
    }

    /// <summary>In characters.</summary>
    private int LengthOf(TextSpan span) => Encoding.UTF8.GetCharCount(_tree.Text.Slice(span));

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
}
