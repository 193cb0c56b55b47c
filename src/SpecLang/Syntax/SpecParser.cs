using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>
/// Makes a tree of tokens. It accepts every text that protobuf's text format accepts under some schema; everything else gets one diagnostic
/// where the mistake is, and reading goes on at the next field.
/// When brackets do not match, the text is parsed again with its layout taken as a hint of where messages were meant to end, and the reading
/// with fewer mistakes is taken. Correct texts never come to that.
/// </summary>
internal ref struct SpecParser
{
    private readonly SyntaxTree _tree;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<SyntaxToken> _tokens;
    private readonly bool _trustsLayout;
    private readonly List<Diagnostic> _diagnostics;
    private readonly List<Opening> _open;
    private readonly List<(int Start, int End)> _skipped;
    private readonly List<FieldSyntax> _fields;
    private readonly List<ValueSyntax> _elements;
    private Dictionary<int, int>? _groupEnds;
    private bool _hasUnmatchedBracket;
    private int _current;
    private int _lastSkippedEnd;

    private SpecParser(SyntaxTree tree, bool trustsLayout)
    {
        _tree = tree;
        _bytes = tree.Text.Bytes;
        _tokens = tree.Tokens;
        _trustsLayout = trustsLayout;
        _diagnostics = [];
        _open = [];
        _skipped = [];
        _fields = [];
        _elements = [];
        _lastSkippedEnd = -1;
    }

    private readonly SyntaxToken Current => _tokens[_current];

    private readonly SyntaxKind CurrentKind => _tokens[_current].Kind;

    public static SyntaxTree Parse(SpecDocument document)
    {
        SyntaxTree tree = Lex(document, out List<Diagnostic> triviaDiagnostics);
        var parser = new SpecParser(tree, trustsLayout: false);
        MessageSyntax root = parser.ParseSpec();
        if (parser._hasUnmatchedBracket)
        {
            var layoutParser = new SpecParser(tree, trustsLayout: true);
            MessageSyntax layoutRoot = layoutParser.ParseSpec();
            if (layoutParser._diagnostics.Count <= parser._diagnostics.Count)
            {
                parser = layoutParser;
                root = layoutRoot;
            }
        }
        parser.ReportFaultyTokens();
        triviaDiagnostics.AddRange(parser._diagnostics);
        tree.Root = root;
        tree.Diagnostics = [.. triviaDiagnostics.OrderBy(static diagnostic => diagnostic.Span)];
        return tree;
    }

    private static SyntaxTree Lex(SpecDocument document, out List<Diagnostic> diagnostics)
    {
        diagnostics = [];
        int length = document.Region?.Span.Length ?? 0;
        var tokens = new SyntaxToken[length / 6 + 8];
        int count = 0;
        var lexer = new SpecLexer(document);
        while (lexer.Next(out SyntaxToken token))
        {
            if (token.IsTrivia)
            {
                if (token.Kind == SyntaxKind.ConflictMarker) diagnostics.Add(Diagnostic.Create(SyntaxDiagnostics.ConflictMarker, token.Span));
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
            ParseFields(default);
            if (CurrentKind == SyntaxKind.EndOfSpec) break;
            _hasUnmatchedBracket = true;
            SkipStrayCloses();
        }
        return new(_tree, 0, _current, TakeFields(firstField), isClosed: false);
    }

    /// <summary>Reads fields up to a token that can close a message or list that is open, or the end.</summary>
    private void ParseFields(in Opening opening)
    {
        bool isFirst = true;
        while (true)
        {
            switch (CurrentKind)
            {
                case SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBrace:
                case SyntaxKind.CloseBracket when IsOpen(SyntaxKind.CloseBracket):
                    return;
                case SyntaxKind.Identifier:
                    if (_trustsLayout && !isFirst && LooksLikeSibling(opening)) return;
                    if (ParseField() is { } field) _fields.Add(field);
                    break;
                case SyntaxKind.OpenBracket:
                    _fields.Add(ParseBracketedField());
                    break;
                case SyntaxKind.IntegerLiteral or SyntaxKind.StringLiteral when IsFollowedByValue(_current):
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
            isFirst = false;
        }
    }

    private FieldSyntax? ParseField()
    {
        int first = _current;
        // Words in a row on one line, and signs that no field has, are prose.
        bool isProse = _tokens[first + 1].Kind switch
        {
            SyntaxKind.Identifier or SyntaxKind.Dot or SyntaxKind.Slash or SyntaxKind.Minus => true,
            SyntaxKind.Unknown => _bytes[_tokens[first + 1].Start] != '=',
            _ => false,
        };
        if (isProse && !IsFirstOnLine(first + 1, out _))
        {
            SkipToField();
            return null;
        }
        return ParseFieldBehindName(first, first + 1);
    }

    /// <summary>The name of an extension, or of the message in an Any: words, dots and slashes in brackets.</summary>
    private FieldSyntax ParseBracketedField()
    {
        int first = _current++;
        while (CurrentKind is SyntaxKind.Identifier or SyntaxKind.Dot or SyntaxKind.Slash or SyntaxKind.Minus) _current++;
        if (CurrentKind == SyntaxKind.CloseBracket && _current > first + 1) _current++;
        else Report(SyntaxDiagnostics.NameExpected, Current.Kind == SyntaxKind.EndOfSpec ? _tokens[first].Span : Current.Span, Describe(_current));
        return ParseFieldBehindName(first, _current);
    }

    private FieldSyntax ParseFieldBehindName(int first, int nameEnd)
    {
        _current = nameEnd;
        bool hasColon = CurrentKind == SyntaxKind.Colon;
        if (hasColon) _current++;
        else if (CurrentKind == SyntaxKind.Unknown && _bytes[Current.Start] == '=')
        {
            Report(SyntaxDiagnostics.EqualsForColon, Current.Span);
            _current++;
            hasColon = true;
        }
        SkipSignsBeforeValue();
        ValueSyntax? value = ParseValue(first, nameEnd, hasColon);
        bool hasSeparator = CurrentKind is SyntaxKind.Comma or SyntaxKind.Semicolon;
        if (hasSeparator) _current++;
        return new(_tree, first, nameEnd, _current, hasColon && _tokens[nameEnd].Kind == SyntaxKind.Colon, hasSeparator, value);
    }

    /// <summary>Leaves out a second colon, or another sign by mistake, between a name and its value on one line.</summary>
    private void SkipSignsBeforeValue()
    {
        int first = _current;
        while (CurrentKind != SyntaxKind.EndOfSpec && IsSignBeforeValue(CurrentKind, _tokens[_current + 1].Kind) && !IsFirstOnLine(_current + 1, out _))
        {
            _current++;
            if (CurrentKind == SyntaxKind.Colon && _tokens[_current + 1].Kind != SyntaxKind.Colon) _current++;
        }
        if (_current == first) return;
        Report(SyntaxDiagnostics.ValueExpected, TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End), Describe(first));
        MarkSkipped(first, _current);
    }

    private static bool IsSignBeforeValue(SyntaxKind sign, SyntaxKind next) => sign switch
    {
        // Nothing that a bracket opens or closes can go on with these.
        SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket => next == SyntaxKind.Colon,
        SyntaxKind.CloseAngle or SyntaxKind.CloseBrace => next is SyntaxKind.Colon or SyntaxKind.StringLiteral,
        SyntaxKind.Colon or SyntaxKind.Comma or SyntaxKind.Semicolon or SyntaxKind.Unknown or SyntaxKind.CloseBracket =>
            next is SyntaxKind.Colon or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket or SyntaxKind.StringLiteral,
        _ => false,
    };

    private ValueSyntax? ParseValue(int name, int nameEnd, bool hasColon)
    {
        switch (CurrentKind)
        {
            case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace:
                return ParseMessage(name);
            case SyntaxKind.OpenBracket:
                return ParseList();
            case SyntaxKind.Identifier when hasColon && StartsField(_current) && !IsUnquotedText(_current, name):
                break;
            case SyntaxKind.Identifier or SyntaxKind.IntegerLiteral or SyntaxKind.FloatLiteral or SyntaxKind.Minus or SyntaxKind.StringLiteral or SyntaxKind.Heredoc
                when hasColon || CurrentKind != SyntaxKind.Identifier && !IsFirstOnLine(_current, out _):
                if (!hasColon) Report(SyntaxDiagnostics.MissingColon, new(_tokens[nameEnd - 1].End, 0), Show(NameSpan(name, nameEnd)));
                if (ParseScalar(name) is { } scalar) return scalar;
                break;
            case SyntaxKind.Unknown or SyntaxKind.Slash or SyntaxKind.Dot when hasColon && !IsFirstOnLine(_current, out _):
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
            while (Current.IsString && !IsFollowedByValue(_current));
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
        System.Text.Ascii.EqualsIgnoreCase(word, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(word, "infinity"u8) || System.Text.Ascii.EqualsIgnoreCase(word, "nan"u8);

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
                && !IsFirstOnLine(token, out _) && name < token,
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

    private MessageSyntax ParseMessage(int name)
    {
        int first = _current++;
        SyntaxKind close = _tokens[first].Kind == SyntaxKind.OpenAngle ? SyntaxKind.CloseAngle : SyntaxKind.CloseBrace;
        var opening = new Opening(first, name, close);
        if (Depth() >= SyntaxTree.MaxDepth)
        {
            Report(SyntaxDiagnostics.TooDeep, _tokens[first].Span, SyntaxTree.MaxDepth);
            SkipBalanced(first);
            return new(_tree, first, _current, [], isClosed: true);
        }
        _open.Add(opening);
        int firstField = _fields.Count;
        ParseFields(opening);
        _open.RemoveAt(_open.Count - 1);
        bool isClosed = CloseMessage(opening);
        return new(_tree, first, _current, TakeFields(firstField), isClosed);
    }

    private bool CloseMessage(in Opening opening)
    {
        while (_trustsLayout && CurrentKind != opening.Close && IsCloseOfNothing() && !IsFirstOnLine(_current, out _))
        {
            _hasUnmatchedBracket = true;
            SkipStrayCloses();
            _open.Add(opening);
            ParseFields(opening);
            _open.RemoveAt(_open.Count - 1);
        }
        if (CurrentKind == opening.Close)
        {
            _current++;
            return true;
        }
        _hasUnmatchedBracket = true;
        TextSpan open = _tokens[opening.Token].Span;
        if (IsCloseOfNothing())
        {
            Report(SyntaxDiagnostics.WrongClose, Current.Span, Show(Current.Span), Show(open), _tree.Text.GetLine(open.Start) + 1, Closing(opening.Close));
            _current++;
            return true;
        }
        Report(SyntaxDiagnostics.NeverClosed, open, Show(open), Closing(opening.Close));
        return false;
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
        _open.Add(new(first, first, SyntaxKind.CloseBracket));
        int firstElement = _elements.Count;
        bool isClosed = ParseElements();
        _open.RemoveAt(_open.Count - 1);
        if (!isClosed)
        {
            _hasUnmatchedBracket = true;
            Report(SyntaxDiagnostics.NeverClosed, _tokens[first].Span, "[", "]");
        }
        ImmutableArray<ValueSyntax> elements = Take(_elements, firstElement);
        return new(_tree, first, _current, elements, isClosed);
    }

    /// <summary>Reads elements up to and including the closing bracket.</summary>
    /// <returns>False when the list ends without one.</returns>
    private bool ParseElements()
    {
        if (CurrentKind == SyntaxKind.CloseBracket)
        {
            _current++;
            return true;
        }
        while (true)
        {
            if (CurrentKind is SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBrace || StartsField(_current) && IsFirstOnLine(_current, out _)) return false;
            ParseElement();
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
            if (CurrentKind is SyntaxKind.EndOfSpec or SyntaxKind.CloseAngle or SyntaxKind.CloseBrace || StartsField(_current)) return false;
            if (!StartsElement(CurrentKind))
            {
                SkipInList(_current++, SyntaxDiagnostics.MissingComma);
                if (CurrentKind == SyntaxKind.Comma) _current++;
                continue;
            }
            Report(SyntaxDiagnostics.MissingComma, new(_tokens[_current - 1].End, 0), Describe(_current));
        }
    }

    private void ParseElement()
    {
        switch (CurrentKind)
        {
            case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace:
                _elements.Add(ParseMessage(_current));
                break;
            case SyntaxKind.OpenBracket:
                Report(SyntaxDiagnostics.NestedList, Current.Span);
                SkipBalancedList();
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

    /// <summary>Whether a field starts at a word: a colon or a message follows it, and the colon is not that of an address.</summary>
    private readonly bool StartsField(int token) =>
        _tokens[token].Kind == SyntaxKind.Identifier && IsFollowedByValue(token)
        && (_tokens[token + 1].Kind != SyntaxKind.Colon || _tokens[token + 2].Kind != SyntaxKind.Slash);

    private readonly bool IsFollowedByValue(int token) =>
        _tokens[token + 1].Kind is SyntaxKind.Colon or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace;

    /// <summary>
    /// Whether a message has most likely ended without a bracket before this field: it stands no further to the right than the field that opened the
    /// message, while the message's other fields do; or it has that field's own name.
    /// </summary>
    private readonly bool LooksLikeSibling(in Opening opening)
    {
        if (opening.Close == SyntaxKind.HostText || _tokens[opening.Name].Kind != SyntaxKind.Identifier) return false;
        if (!IsFirstOnLine(_current, out int column)) return false;
        if (StartsField(_current) && _bytes.Slice(Current.Start, Current.Length).SequenceEqual(_bytes.Slice(_tokens[opening.Name].Start, _tokens[opening.Name].Length))) return true;
        return IsFirstOnLine(opening.Name, out int owner) && column <= owner
            && !(IsFirstOnLine(opening.Token + 1, out int firstField) && firstField <= owner);
    }

    /// <summary>Whether only white space and the comment prefix stand before a token on its line; <paramref name="column"/> is how much.</summary>
    private readonly bool IsFirstOnLine(int token, out int column)
    {
        SpecRegion region = _tree.Document.Region!;
        int start = _tokens[token].Start;
        int lineStart = 0;
        if (region.IsEmbedded) lineStart = region.Lines[FindLine(region.Lines.AsSpan(), start)].ContentStart;
        else lineStart = region.Span.Start;
        int offset = start;
        while (offset > lineStart && _bytes[offset - 1] is (byte)' ' or (byte)'\t') offset--;
        column = start - offset;
        return offset <= lineStart || _bytes[offset - 1] == '\n';
    }

    private static int FindLine(ReadOnlySpan<RegionLine> lines, int offset)
    {
        int low = 0;
        int high = lines.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (lines[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private readonly int Depth() => _open.Count;

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
            && !StartsField(_current)
            && !(CurrentKind == SyntaxKind.StringLiteral && IsFollowedByValue(_current)))
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
            && !StartsField(_current))
        {
            _current++;
        }
        Report(descriptor, TextSpan.FromBounds(_tokens[first].Start, _tokens[_current - 1].End), Describe(first));
        MarkSkipped(first, _current);
    }

    /// <summary>Leaves out a message from its opening bracket to the closing one, however deep, without recursion.</summary>
    private void SkipBalanced(int first)
    {
        for (int depth = 1; depth > 0 && CurrentKind != SyntaxKind.EndOfSpec; _current++)
        {
            if (CurrentKind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace) depth++;
            if (CurrentKind is SyntaxKind.CloseAngle or SyntaxKind.CloseBrace) depth--;
        }
        MarkSkipped(first, _current);
    }

    private void SkipBalancedList()
    {
        int first = _current++;
        for (int depth = 1; depth > 0 && CurrentKind != SyntaxKind.EndOfSpec; _current++)
        {
            if (CurrentKind is SyntaxKind.OpenBracket) depth++;
            if (CurrentKind is SyntaxKind.CloseBracket) depth--;
        }
        MarkSkipped(first, _current);
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
        ImmutableArray<T> taken = [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list)[first..]];
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
        System.Text.Rune.DecodeFromUtf8(_tree.Text.Slice(span), out System.Text.Rune rune, out int length);
        if (rune == System.Text.Rune.ReplacementChar && length == 1) return $"the byte 0x{_bytes[span.Start]:X2}";
        return System.Text.Rune.IsControl(rune) || System.Text.Rune.IsWhiteSpace(rune) ? $"the character U+{rune.Value:X4}"
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
    /// <param name="Name">The name of the field that it is the value of; the bracket itself in a list.</param>
    /// <param name="Close">The kind of token that closes it.</param>
    private readonly record struct Opening(int Token, int Name, SyntaxKind Close);
}
