using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>
/// Makes a tree of tokens. It accepts every text that protobuf's text format accepts under some schema; everything else gets one diagnostic
/// where the mistake is, and reading goes on at the next field.
/// When brackets do not match, the text is parsed again with the pairs that its layout speaks for (<see cref="BracketPairs"/>), and the reading with fewer
/// mistakes is taken. Correct texts never come to that.
/// </summary>
internal ref struct SpecParser
{
    private readonly SyntaxTree _tree;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<SyntaxToken> _tokens;
    private readonly TokenContext _context;
    private readonly BracketPairs? _pairs;
    private readonly List<Diagnostic> _diagnostics;
    private readonly List<Opening> _open;
    private readonly List<TextSpan> _conflictMarkers;
    private readonly List<(int Start, int End)> _skipped;
    private readonly List<FieldSyntax> _fields;
    private readonly List<ValueSyntax> _elements;
    private Dictionary<int, int>? _groupEnds;
    private bool _hasUnmatchedBracket;
    private int _current;
    private int _lastSkippedEnd;

    private SpecParser(SyntaxTree tree, BracketPairs? pairs)
    {
        _tree = tree;
        _bytes = tree.Text.Bytes;
        _tokens = tree.Tokens;
        _context = new(tree);
        _pairs = pairs;
        _diagnostics = [];
        _open = [];
        _conflictMarkers = [];
        _skipped = [];
        _fields = [];
        _elements = [];
        _lastSkippedEnd = -1;
    }

    private readonly SyntaxToken Current => _tokens[_current];

    private readonly SyntaxKind CurrentKind => _tokens[_current].Kind;

    public static SyntaxTree Parse(SpecDocument document)
    {
        SyntaxTree tree = Lex(document, out List<Diagnostic> diagnostics, out List<TextSpan> conflictMarkers);
        var parser = new SpecParser(tree, null);
        MessageSyntax root = parser.ParseSpec();
        if (parser._hasUnmatchedBracket)
        {
            var pairedParser = new SpecParser(tree, BracketPairs.Of(tree));
            MessageSyntax pairedRoot = pairedParser.ParseSpec();
            if (pairedParser.CountMistakes() <= parser.CountMistakes())
            {
                parser = pairedParser;
                root = pairedRoot;
            }
        }
        parser.ReportFaultyTokens();
        diagnostics.AddRange(parser._diagnostics);
        conflictMarkers.AddRange(parser._conflictMarkers);
        ReportConflicts(tree, conflictMarkers, diagnostics);
        tree.Root = root;
        tree.Diagnostics = [.. diagnostics.OrderBy(static diagnostic => diagnostic.Span)];
        return tree;
    }

    private readonly int CountMistakes() => _diagnostics.Count + _conflictMarkers.Count;

    /// <summary>Reports each conflict at its first mark, which the others go with.</summary>
    private static void ReportConflicts(SyntaxTree tree, List<TextSpan> markers, List<Diagnostic> diagnostics)
    {
        markers.Sort();
        for (int first = 0, end; first < markers.Count; first = end)
        {
            end = first + 1;
            while (tree.Text.Bytes[markers[end - 1].Start] != '>' && end < markers.Count && tree.Text.Bytes[markers[end].Start] != '<') end++;
            diagnostics.Add(Diagnostic.Create(SyntaxDiagnostics.ConflictMarker, markers[first]) with
            {
                Related = [.. markers[(first + 1)..end].Select(marker => new RelatedPlace(tree.Text, marker, "Another mark of the same conflict."))],
            });
        }
        tree.ConflictMarkers = [.. markers];
    }

    private static SyntaxTree Lex(SpecDocument document, out List<Diagnostic> diagnostics, out List<TextSpan> conflictMarkers)
    {
        diagnostics = [];
        conflictMarkers = [];
        int length = document.Region?.Span.Length ?? 0;
        var tokens = new SyntaxToken[length / 6 + 8];
        int count = 0;
        var lexer = new SpecLexer(document);
        while (lexer.Next(out SyntaxToken token))
        {
            if (token.IsTrivia)
            {
                if (token.Kind == SyntaxKind.ConflictMarker) conflictMarkers.Add(token.Span);
                if (token.Fault == TokenFault.Nul) diagnostics.Add(Diagnostic.Create(SyntaxDiagnostics.InvalidCharacter, token.Span, "A NUL character"));
                continue;
            }
            if (count == tokens.Length) Array.Resize(ref tokens, count * 2);
            tokens[count++] = token;
        }
        return new(document, tokens, count);
    }

    private MessageSyntax ParseSpec()
    {
        int firstField = _fields.Count;
        while (CurrentKind != SyntaxKind.EndOfSpec)
        {
            ParseFields(int.MaxValue);
            if (CurrentKind == SyntaxKind.EndOfSpec) break;
            _hasUnmatchedBracket = true;
            SkipStrayCloses();
        }
        return new(_tree, 0, _current, TakeFields(firstField), isClosed: false);
    }

    /// <summary>Reads fields up to a token, to one that can close a message or list that is open, or to the end.</summary>
    /// <param name="end">The token, when it is known which brackets belong to each other.</param>
    private void ParseFields(int end)
    {
        while (_current < end)
        {
            switch (CurrentKind)
            {
                case SyntaxKind.EndOfSpec:
                    return;
                case SyntaxKind.OpenAngle or SyntaxKind.CloseAngle or SyntaxKind.Unknown when SkipConflictMarker():
                    break;
                case SyntaxKind.CloseAngle or SyntaxKind.CloseBrace or SyntaxKind.CloseBracket when _pairs is not null:
                    SkipStrayCloses();
                    break;
                case SyntaxKind.CloseAngle or SyntaxKind.CloseBrace:
                case SyntaxKind.CloseBracket when IsOpen(SyntaxKind.CloseBracket):
                    return;
                case SyntaxKind.Identifier:
                    if (ParseField() is { } field) _fields.Add(field);
                    break;
                case SyntaxKind.OpenBracket:
                    _fields.Add(ParseBracketedField());
                    break;
                case SyntaxKind.IntegerLiteral or SyntaxKind.StringLiteral when _context.IsFollowedByValue(_current):
                    Report(SyntaxDiagnostics.NameExpected, Current.Span, Current.Kind == SyntaxKind.StringLiteral ? "a string" : "a number");
                    _fields.Add(ParseFieldBehindName(_current, _current + 1));
                    break;
                case SyntaxKind.Comma or SyntaxKind.Semicolon:
                    SkipSeparators();
                    break;
                default:
                    SkipToField();
                    break;
            }
        }
    }

    private FieldSyntax? ParseField()
    {
        int first = _current;
        if (IsWordBeforeColon(first + 1)) return ParseFieldBehindName(first, first + 1);
        // Words in a row on one line, and signs that no field has, are prose.
        bool isProse = _tokens[first + 1].Kind switch
        {
            SyntaxKind.Identifier or SyntaxKind.Dot or SyntaxKind.Slash or SyntaxKind.Minus => true,
            SyntaxKind.Unknown => !IsEqualsSign(first + 1),
            _ => false,
        };
        if (isProse && !_context.IsFirstOnLine(first + 1))
        {
            SkipToField();
            return null;
        }
        return ParseFieldBehindName(first, first + 1);
    }

    /// <summary>The name of an extension, or of the message in an Any.</summary>
    private FieldSyntax ParseBracketedField()
    {
        int first = _current++;
        var name = new ByteBuffer(32);
        while (BracketedName.IsPart(Current, _tree.Text.Slice(Current.Span)) && !(_context.StartsField(_current) && _context.IsFirstOnLine(_current)))
        {
            name.Append(_tree.Text.Slice(Current.Span));
            _current++;
        }
        // What is no number elsewhere can be a part of a name.
        MarkSkipped(first, _current);
        if (CurrentKind != SyntaxKind.CloseBracket || name.Length == 0)
        {
            Report(SyntaxDiagnostics.NameExpected, CurrentKind == SyntaxKind.EndOfSpec ? _tokens[first].Span : Current.Span, Describe(_current));
            return ParseFieldBehindName(first, _current);
        }
        _current++;
        if (!BracketedName.IsValid(name.Written)) Report(SyntaxDiagnostics.NameExpected, NameSpan(first, _current), $"'{Show(NameSpan(first, _current))}'");
        return ParseFieldBehindName(first, _current);
    }

    private FieldSyntax ParseFieldBehindName(int first, int nameEnd)
    {
        _current = nameEnd;
        if (IsWordBeforeColon(_current))
        {
            Report(SyntaxDiagnostics.ValueExpected, Current.Span, Describe(_current));
            _current++;
        }
        bool hasColon = CurrentKind == SyntaxKind.Colon;
        if (hasColon) _current++;
        else if (IsEqualsSign(_current))
        {
            Report(SyntaxDiagnostics.EqualsForColon, Current.Span);
            _current++;
            hasColon = true;
        }
        if (SkipConflictMarker() && CurrentKind == SyntaxKind.Colon)
        {
            _current++;
            hasColon = true;
        }
        SkipSignsBeforeValue();
        ValueSyntax? value = _pairs is not null && _tokens[_current - 1].Kind == SyntaxKind.Colon && _pairs.IsBracket(_current - 1)
            ? ParseMessageWithoutBracket(_current - 1)
            : ParseValue(first, nameEnd, hasColon);
        bool hasSeparator = CurrentKind is SyntaxKind.Comma or SyntaxKind.Semicolon;
        if (hasSeparator) _current++;
        return new(_tree, first, nameEnd, _current, hasColon && _tokens[nameEnd].Kind == SyntaxKind.Colon, hasSeparator, value);
    }

    /// <summary>Whether a word stands between a name and its colon by mistake. A name of its own would have its colon right behind it.</summary>
    private readonly bool IsWordBeforeColon(int token) =>
        _tokens[token].Kind == SyntaxKind.Identifier && _tokens[token + 1].Kind == SyntaxKind.Colon && !_context.Touches(token, token + 1)
        && !_context.IsFirstOnLine(token) && !_context.IsFirstOnLine(token + 1);

    private readonly bool IsEqualsSign(int token) => _tokens[token].Kind == SyntaxKind.Unknown && _bytes[_tokens[token].Start] == '=' && _context.EndOfConflictMarker(token) == 0;

    /// <summary>Leaves out a second colon, or another sign by mistake, between a name and its value on one line.</summary>
    private void SkipSignsBeforeValue()
    {
        int first = _current;
        while (_context.IsSignBeforeValue(_current) || _pairs is not null && CurrentKind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace && !_pairs.IsBracket(_current))
        {
            _current++;
            if (CurrentKind == SyntaxKind.Colon && _tokens[_current + 1].Kind != SyntaxKind.Colon) _current++;
        }
        if (_current == first) return;
        Report(SyntaxDiagnostics.ValueExpected, TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End), Describe(first));
        MarkSkipped(first, _current);
    }

    private ValueSyntax? ParseValue(int name, int nameEnd, bool hasColon)
    {
        switch (CurrentKind)
        {
            case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace:
                return ParseMessage();
            case SyntaxKind.OpenBracket:
                return ParseList();
            case SyntaxKind.Heredoc when _pairs is not null && _pairs.IsBracket(_current):
                return ParseMessage();
            case SyntaxKind.Identifier when hasColon && _context.StartsField(_current) && !IsUnquotedText(_current, name):
                break;
            case SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral or SyntaxKind.Minus or SyntaxKind.StringLiteral or SyntaxKind.Heredoc
                when hasColon || CurrentKind != SyntaxKind.Identifier && !_context.IsFirstOnLine(_current):
                if (!hasColon) Report(SyntaxDiagnostics.MissingColon, new(_tokens[nameEnd - 1].End, 0), Show(NameSpan(name, nameEnd)));
                if (ParseScalar(name) is { } scalar) return scalar;
                break;
            case SyntaxKind.Unknown or SyntaxKind.Slash or SyntaxKind.Dot when hasColon && !_context.IsFirstOnLine(_current):
                return ParseUnquotedText(_current);
            default:
                break;
        }
        Report(SyntaxDiagnostics.MissingValue, NameSpan(name, nameEnd), Show(NameSpan(name, nameEnd)));
        return null;
    }

    private ScalarSyntax? ParseScalar(int name)
    {
        int first = _current;
        if (Current.IsString)
        {
            // A string before a colon or bracket is no part of the value, but a field's name in quotes.
            do _current++;
            while (Current.IsString && !_context.IsFollowedByValue(_current));
            return new(_tree, first, _current);
        }
        if (IsUnquotedText(_current, name)) return ParseUnquotedText(first);
        if (CurrentKind == SyntaxKind.Minus)
        {
            _current++;
            if (CurrentKind is not (SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral)) return null;
            if (CurrentKind == SyntaxKind.Identifier && !IsNumberWord(_tree.Text.Slice(Current.Span)))
                Report(SyntaxDiagnostics.InvalidNumber, Current.Span, Show(Current.Span), "only a number, 'inf' or 'nan' can follow a minus sign.");
        }
        _current++;
        return new(_tree, first, _current);
    }

    private static bool IsNumberWord(ReadOnlySpan<byte> word) =>
        Ascii.EqualsIgnoreCase(word, "inf"u8) || Ascii.EqualsIgnoreCase(word, "infinity"u8) || Ascii.EqualsIgnoreCase(word, "nan"u8);

    /// <summary>Whether a word goes on with signs that no word holds, as in <c>name: infra/python/wheels/six</c>.</summary>
    private readonly bool IsUnquotedText(int token, int name)
    {
        if (_tokens[token].Kind is not (SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral)) return false;
        SyntaxToken next = _tokens[token + 1];
        if (next.Start != _tokens[token].End) return false;
        return next.Kind switch
        {
            SyntaxKind.Slash or SyntaxKind.Dot or SyntaxKind.Minus => true,
            SyntaxKind.Unknown => true,
            SyntaxKind.Colon => _tokens[token + 2].Start == next.End
                && _tokens[token + 2].Kind is SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral
                && !_context.IsFirstOnLine(token) && name < token,
            _ => false,
        };
    }

    private ScalarSyntax ParseUnquotedText(int first)
    {
        int braces = 0;
        do
        {
            if (CurrentKind == SyntaxKind.OpenBrace) braces++;
            if (CurrentKind == SyntaxKind.CloseBrace) braces--;
            _current++;
        }
        while (Current.Start == _tokens[_current - 1].End
            && (CurrentKind != SyntaxKind.CloseBrace || braces > 0)
            && CurrentKind is not (SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBracket or SyntaxKind.Comma or SyntaxKind.Semicolon)
            && !Current.IsString);
        var span = TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End);
        Report(SyntaxDiagnostics.MissingQuotes, span, Show(span).Trim('\u201C', '\u201D', '\u201E', '\u2018', '\u2019', '\u00AB', '\u00BB', '`'));
        MarkSkipped(first, _current);
        return new(_tree, first, _current);
    }

    private MessageSyntax ParseMessage()
    {
        int first = _current++;
        var opening = new Opening(first, _tokens[first].Kind == SyntaxKind.OpenBrace ? SyntaxKind.CloseBrace : SyntaxKind.CloseAngle);
        if (_open.Count >= SyntaxTree.MaxDepth)
        {
            SkipTooDeep(first);
            return new(_tree, first, _current, [], isClosed: true);
        }
        _open.Add(opening);
        int firstField = _fields.Count;
        ParseFields(EndOf(first));
        _open.RemoveAt(_open.Count - 1);
        bool isClosed = CloseMessage(opening, firstField);
        return new(_tree, first, _current, TakeFields(firstField), isClosed);
    }

    /// <summary>Reads the fields of a message that only its closing bracket shows.</summary>
    /// <param name="sign">The token that the bracket is known by: the colon before it, or the first word of an element.</param>
    private MessageSyntax ParseMessageWithoutBracket(int sign)
    {
        int first = _current;
        int end = EndOf(sign);
        int firstField = _fields.Count;
        Report(SyntaxDiagnostics.NeverOpened, new(_tokens[first].Start, 0), _tokens[end].Kind == SyntaxKind.CloseBrace ? "{" : "<", Show(Current.Span), Show(_tokens[end].Span));
        ParseFields(end);
        if (_current == end) _current++;
        return new(_tree, first, _current, TakeFields(firstField), isClosed: false);
    }

    /// <summary>The token that ends what an opening bracket opens, when it is known.</summary>
    private readonly int EndOf(int opening) => _pairs?.EndOf(opening) ?? int.MaxValue;

    private bool CloseMessage(in Opening opening, int firstField)
    {
        // A mistake that was said has taken the bracket with it.
        if (_pairs is not null && _current > EndOf(opening.Token)) return false;
        if (CurrentKind == opening.Close && (_pairs is null || _pairs.IsClosed(opening.Token)))
        {
            _current++;
            return true;
        }
        _hasUnmatchedBracket = true;
        TextSpan open = _tokens[opening.Token].Span;
        if (_pairs is null ? IsCloseOfNothing() : _pairs.IsClosed(opening.Token))
        {
            Report(SyntaxDiagnostics.WrongClose, Current.Span, Show(Current.Span), Show(open), _tree.Text.GetLine(open.Start) + 1, Closing(opening.Close));
            _current++;
            return true;
        }
        ReportNeverClosed(opening, firstField);
        return false;
    }

    /// <summary>Reports a message that does not end. A name that was being typed last in it, and a list that it is in, are not ended for the same reason.</summary>
    private readonly void ReportNeverClosed(in Opening opening, int firstField)
    {
        bool isHalfTyped = _fields.Count > firstField && _fields[^1] is { Value: null } last && last.TokenEnd == _current;
        if (isHalfTyped && _diagnostics.Count > 0 && _diagnostics[^1].Descriptor == SyntaxDiagnostics.MissingValue) _diagnostics.RemoveAt(_diagnostics.Count - 1);
        TextSpan open = _tokens[opening.Token].Span;
        Report(SyntaxDiagnostics.NeverClosed, open, Show(open), Closing(opening.Close));
    }

    /// <summary>Whether the current token closes a kind of bracket of which none is open.</summary>
    private readonly bool IsCloseOfNothing() => CurrentKind is SyntaxKind.CloseAngle or SyntaxKind.CloseBrace && !IsOpen(CurrentKind);

    /// <summary>Leaves out a closing sign that belongs to nothing. Equal ones right behind it are the same mistake.</summary>
    private void SkipStrayCloses()
    {
        int first = _current;
        do _current++;
        while (CurrentKind == _tokens[first].Kind && Current.Start == _tokens[_current - 1].End);
        Report(SyntaxDiagnostics.StrayClose, TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End), Show(_tokens[first].Span));
    }

    private ListSyntax ParseList()
    {
        int first = _current++;
        if (_open.Count >= SyntaxTree.MaxDepth)
        {
            SkipTooDeep(first);
            return new(_tree, first, _current, [], isClosed: true);
        }
        _open.Add(new(first, SyntaxKind.CloseBracket));
        int firstElement = _elements.Count;
        bool isClosed = ParseElements(EndOf(first));
        _open.RemoveAt(_open.Count - 1);
        if (!isClosed)
        {
            _hasUnmatchedBracket = true;
            // When the last element does not end either, that is the same mistake, and said.
            bool isSaid = _elements.Count > firstElement && _elements[^1] is MessageSyntax { IsClosed: false } or ListSyntax { IsClosed: false } && _elements[^1].TokenEnd == _current;
            if (!isSaid) Report(SyntaxDiagnostics.NeverClosed, _tokens[first].Span, "[", "]");
        }
        ImmutableArray<ValueSyntax> elements = Take(_elements, firstElement);
        return new(_tree, first, _current, elements, isClosed);
    }

    /// <summary>Reads elements up to and including the closing bracket.</summary>
    /// <param name="end">Where the list ends, when it is known which brackets belong to each other.</param>
    /// <returns>False when the list ends without one.</returns>
    private bool ParseElements(int end)
    {
        if (CurrentKind == SyntaxKind.CloseBracket)
        {
            _current++;
            return true;
        }
        while (true)
        {
            while (_pairs is not null && _current < end && CurrentKind is SyntaxKind.CloseAngle or SyntaxKind.CloseBrace) SkipStrayCloses();
            if (EndsList(end) || _pairs is null && _context.StartsField(_current) && _context.IsFirstOnLine(_current)) return false;
            ParseElement();
            while (_pairs is not null && _current < end && CurrentKind is SyntaxKind.CloseAngle or SyntaxKind.CloseBrace) SkipStrayCloses();
            if (_current > end) return false;
            if (CurrentKind == SyntaxKind.CloseBracket)
            {
                _current++;
                return true;
            }
            if (CurrentKind == SyntaxKind.Comma)
            {
                _current++;
                if (CurrentKind != SyntaxKind.CloseBracket) continue;
                Report(SyntaxDiagnostics.TrailingComma, _tokens[_current - 1].Span);
                _current++;
                return true;
            }
            if (EndsList(end) || _context.StartsField(_current)) return false;
            if (!StartsElement(CurrentKind))
            {
                SkipInList(_current++, SyntaxDiagnostics.MissingComma);
                if (CurrentKind == SyntaxKind.Comma) _current++;
                continue;
            }
            Report(SyntaxDiagnostics.MissingComma, new(_tokens[_current - 1].End, 0), Describe(_current));
        }
    }

    private readonly bool EndsList(int end) => _current >= end || CurrentKind is SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBrace;

    private void ParseElement()
    {
        if (_pairs is not null && CurrentKind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket && !_pairs.IsBracket(_current))
        {
            if (SkipConflictMarker()) return;
            int stray = _current;
            do _current++;
            while (CurrentKind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket && !_pairs.IsBracket(_current));
            Report(SyntaxDiagnostics.ElementExpected, TextSpan.FromBounds(_tokens[stray].Start, _tokens[_current - 1].End), Describe(stray));
            if (!StartsElement(CurrentKind)) return;
        }
        switch (CurrentKind)
        {
            case SyntaxKind.Identifier when _pairs is not null && _pairs.IsBracket(_current):
                _elements.Add(ParseMessageWithoutBracket(_current));
                break;
            case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace:
                _elements.Add(ParseMessage());
                break;
            case SyntaxKind.OpenBracket:
                _elements.Add(ParseList());
                break;
            default:
                int first = _current;
                if (!StartsElement(CurrentKind)) _current++;
                else if (ParseScalar(first) is { } scalar)
                {
                    _elements.Add(scalar);
                    break;
                }
                SkipInList(first, SyntaxDiagnostics.ElementExpected);
                break;
        }
    }

    private static bool StartsElement(SyntaxKind kind) =>
        kind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket or SyntaxKind.Identifier or SyntaxKind.Minus
            or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral or SyntaxKind.StringLiteral or SyntaxKind.Heredoc;

    private readonly bool IsOpen(SyntaxKind close)
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Close == close) return true;
        }
        return false;
    }

    private void SkipSeparators()
    {
        int first = _current;
        while (CurrentKind is SyntaxKind.Comma or SyntaxKind.Semicolon) _current++;
        Report(SyntaxDiagnostics.StraySeparator, TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End), Show(_tokens[first].Span));
    }

    /// <summary>Leaves out what is not a field, up to what may be one or may close a message. At least one token.</summary>
    private void SkipToField()
    {
        int first = _current;
        _current = EndOfGroup(first);
        while (CurrentKind is not (SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBrace)
            && !(CurrentKind == SyntaxKind.CloseBracket && IsOpen(SyntaxKind.CloseBracket))
            && !_context.StartsField(_current)
            && !(CurrentKind == SyntaxKind.StringLiteral && _context.IsFollowedByValue(_current)))
        {
            _current = EndOfGroup(_current);
        }
        var span = TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End);
        if (_lastSkippedEnd == first && _diagnostics.Count > 0 && _diagnostics[^1].Descriptor == SyntaxDiagnostics.FieldExpected)
            _diagnostics[^1] = _diagnostics[^1] with { Span = TextSpan.FromBounds(_diagnostics[^1].Span.Start, span.End) };
        else if (_current == first + 1 && _tokens[first].Kind == SyntaxKind.Unknown)
            Report(SyntaxDiagnostics.InvalidCharacter, span, Describe(first));
        else
            Report(SyntaxDiagnostics.FieldExpected, span, Describe(first));
        MarkSkipped(first, _current);
        _lastSkippedEnd = _current;
    }

    /// <summary>The index behind the bracket that closes a group; behind the token itself when it opens none, or one that does not end.</summary>
    private int EndOfGroup(int token)
    {
        if (_tokens[token].Kind is not (SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket)) return token + 1;
        if (_pairs is not null) return _pairs.IsBracket(token) && _pairs.IsClosed(token) ? _pairs.EndOf(token) + 1 : token + 1;
        _groupEnds ??= MatchBrackets(_tokens);
        return _groupEnds.TryGetValue(token, out int end) ? end + 1 : token + 1;
    }

    private static Dictionary<int, int> MatchBrackets(ReadOnlySpan<SyntaxToken> tokens)
    {
        var ends = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Length; i++)
        {
            switch (tokens[i].Kind)
            {
                case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket:
                    open.Push(i);
                    break;
                // Every closing kind follows its opening kind.
                case SyntaxKind.CloseAngle or SyntaxKind.CloseBrace or SyntaxKind.CloseBracket when open.TryPeek(out int first) && tokens[first].Kind + 1 == tokens[i].Kind:
                    ends.Add(open.Pop(), i);
                    break;
            }
        }
        return ends;
    }

    private void SkipInList(int first, DiagnosticDescriptor descriptor)
    {
        while (CurrentKind is not (SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBrace or SyntaxKind.CloseBracket or SyntaxKind.Comma or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace)
            && !_context.StartsField(_current))
        {
            _current++;
        }
        Report(descriptor, TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End), Describe(first));
        MarkSkipped(first, _current);
    }

    /// <summary>Leaves out a message or list that is nested too deeply, from its opening bracket to the closing one, however deep, without recursion.</summary>
    private void SkipTooDeep(int first)
    {
        Report(SyntaxDiagnostics.TooDeep, _tokens[first].Span, SyntaxTree.MaxDepth);
        if (_pairs is not null) _current = _pairs.EndOf(first) + (_pairs.IsClosed(first) ? 1 : 0);
        else if (EndOfGroup(first) is int end && end > _current) _current = end;
        else _current = _tokens.Length - 1;
        MarkSkipped(first, _current);
    }

    private bool SkipConflictMarker()
    {
        int first = _current;
        int end = _context.EndOfConflictMarker(first);
        // As many brackets may close what they should; only their pairs say.
        if (end == 0 || CurrentKind == SyntaxKind.CloseAngle && (_pairs is null || _pairs.IsBracket(first))) return false;
        _current = end;
        _conflictMarkers.Add(TextSpan.FromBounds(_tokens[first].Start, _tokens[end - 1].End));
        MarkSkipped(first, end);
        return true;
    }

    private readonly void MarkSkipped(int first, int end) => _skipped.Add((first, end));

    /// <summary>Reports what is wrong inside tokens, except where they are part of a larger mistake.</summary>
    private readonly void ReportFaultyTokens()
    {
        _skipped.Sort();
        int skip = 0;
        int skippedUntil = 0;
        for (int i = 0; i < _tokens.Length; i++)
        {
            SyntaxToken token = _tokens[i];
            if (token.Fault == TokenFault.None && !token.HasEscape) continue;
            for (; skip < _skipped.Count && _skipped[skip].Start <= i; skip++) skippedUntil = Math.Max(skippedUntil, _skipped[skip].End);
            if (i < skippedUntil) continue;
            if (token.HasEscape) StringValue.ReportEscapes(_bytes, token, _diagnostics);
            ReportFault(token);
        }
    }

    private readonly void ReportFault(SyntaxToken token)
    {
        switch (token.Fault)
        {
            case TokenFault.None:
                break;
            case TokenFault.UnterminatedString:
                Report(SyntaxDiagnostics.UnterminatedString, token.Span, _bytes[token.Start] == '"' ? "\"" : "'");
                break;
            case TokenFault.UnterminatedHeredoc:
                Report(SyntaxDiagnostics.UnterminatedHeredoc, token.Span, _tree.Text.ToString(token.Span)[2..].Trim());
                break;
            case TokenFault.Nul:
                Report(SyntaxDiagnostics.InvalidCharacter, token.Span, "A NUL character");
                break;
            case TokenFault.NoHexDigits:
                Report(SyntaxDiagnostics.InvalidNumber, token.Span, Show(token.Span), "hexadecimal digits follow '0x'.");
                break;
            case TokenFault.NotOctal:
                Report(SyntaxDiagnostics.InvalidNumber, token.Span, Show(token.Span), "a leading zero means octal, which has no 8 or 9.");
                break;
            case TokenFault.NoExponentDigits:
                Report(SyntaxDiagnostics.InvalidNumber, token.Span, Show(token.Span), "digits follow the 'e' of an exponent.");
                break;
            case TokenFault.LetterBehindNumber:
                Report(SyntaxDiagnostics.InvalidNumber, token.Span, Show(token.Span), "a letter stands directly behind the digits. Text needs quotes.");
                break;
            case TokenFault.StrayDecimalPoint:
                Report(SyntaxDiagnostics.InvalidNumber, token.Span, Show(token.Span), "it has a point where none can be. Text, such as a version, needs quotes.");
                break;
            case TokenFault.NameBeforePoint:
                Report(SyntaxDiagnostics.InvalidNumber, token.Span, Show(token.Span), "a blank must stand before its point.");
                break;
        }
    }

    private readonly ImmutableArray<FieldSyntax> TakeFields(int first) => Take(_fields, first);

    private static ImmutableArray<T> Take<T>(List<T> list, int first)
    {
        if (first == list.Count) return [];
        ImmutableArray<T> taken = [.. CollectionsMarshal.AsSpan(list)[first..]];
        list.RemoveRange(first, list.Count - first);
        return taken;
    }

    private readonly TextSpan NameSpan(int name, int nameEnd) => TextSpan.FromBounds(_tokens[name].Start, _tokens[nameEnd - 1].End);

    private readonly string Describe(int token) => _tokens[token].Kind switch
    {
        SyntaxKind.EndOfSpec => "the end of the spec",
        SyntaxKind.Unknown => DescribeCharacter(_tokens[token].Span),
        SyntaxKind.StringLiteral or SyntaxKind.Heredoc => "a string",
        _ => $"'{Show(_tokens[token].Span)}'",
    };

    private readonly string DescribeCharacter(TextSpan span)
    {
        Rune.DecodeFromUtf8(_tree.Text.Slice(span), out Rune rune, out int length);
        if (rune == Rune.ReplacementChar && length == 1) return $"the byte 0x{_bytes[span.Start]:X2}";
        return Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"the character U+{rune.Value:X4}"
            : rune.IsAscii ? $"'{rune}'" : $"'{rune}' (U+{rune.Value:X4})";
    }

    private readonly string Show(TextSpan span)
    {
        const int Longest = 60;
        string text = _tree.Text.ToString(span.Length <= Longest * 4 ? span : new(span.Start, Longest * 4));
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
    }

    private static string Closing(SyntaxKind close) => close switch
    {
        SyntaxKind.CloseAngle => ">",
        SyntaxKind.CloseBrace => "}",
        _ => "]",
    };

    private readonly void Report(DiagnosticDescriptor descriptor, TextSpan span, params ReadOnlySpan<object?> arguments) =>
        _diagnostics.Add(Diagnostic.Create(descriptor, span, arguments));

    /// <summary>A bracket that is open.</summary>
    /// <param name="Token">The opening bracket.</param>
    /// <param name="Close">The kind of token that closes it.</param>
    private readonly record struct Opening(int Token, SyntaxKind Close);
}
