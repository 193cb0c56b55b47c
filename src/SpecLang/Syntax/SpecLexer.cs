using System.Buffers;
using System.Text;
using VPythonTools.SpecLang.Documents;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>
/// Cuts a file into tokens and trivia. The pieces follow each other without gap or overlap from the first byte of the file to the last, for
/// any bytes whatever. Tokens are those of protobuf's text format and the LUCI heredoc. Nothing is allocated per piece, and the time is
/// proportional to the length.
/// </summary>
public ref struct SpecLexer
{
    private const int ConflictMarkerLength = 7;

    private static readonly SearchValues<byte> DoubleQuotedStops = SearchValues.Create("\"\\\n\0"u8);
    private static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create("'\\\n\0"u8);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<RegionLine> _lines;
    private readonly bool _isEmbedded;
    private readonly int _regionEnd;
    private Stage _stage;
    private int _position;
    private int _line;
    private int _contentEnd;
    private int _identifierEnd;
    private bool _inConflict;
    private Dictionary<string, int>? _lastLineOfName;

    /// <summary>A lexer at the first byte of the document. A script without a spec is one piece of host text.</summary>
    public SpecLexer(SpecDocument document)
    {
        _bytes = document.Text.Bytes;
        SpecRegion? region = document.Region;
        _lines = region is null ? default : region.Lines.AsSpan();
        _isEmbedded = region is null or { IsEmbedded: true };
        _regionEnd = region?.Span.End ?? _bytes.Length;
        _contentEnd = -1;
        _identifierEnd = -1;
    }

    private enum Stage
    {
        BeforeSpec,
        InSpec,
        BehindSpec,
    }

    /// <summary>A lexer for the trivia behind a token: at the end of that token.</summary>
    internal static SpecLexer Behind(SpecDocument document, SyntaxToken token)
    {
        var lexer = new SpecLexer(document) { _position = token.End };
        // Between tokens, a line that looks like the rest of a conflict is one; elsewhere it would have become tokens.
        lexer._inConflict = true;
        if (token.Kind == SyntaxKind.EndOfSpec)
        {
            lexer._stage = Stage.BehindSpec;
            return lexer;
        }
        lexer._stage = Stage.InSpec;
        lexer.EnterLine(lexer.FindLine(token.End));
        return lexer;
    }

    /// <summary>The next piece. An empty <see cref="SyntaxKind.EndOfSpec"/> comes where the spec ends, before the rest of a script.</summary>
    /// <returns>False when there is no more.</returns>
    public bool Next(out SyntaxToken token)
    {
        if (_position < _contentEnd)
        {
            token = InContent(_position);
            return true;
        }
        return AtBoundary(out token);
    }

    private bool AtBoundary(out SyntaxToken token)
    {
        while (_position >= _contentEnd)
        {
            switch (_stage)
            {
                case Stage.BeforeSpec:
                    int specStart = _lines.IsEmpty ? _regionEnd : _lines[0].Start;
                    if (_position < specStart)
                    {
                        token = Piece(specStart, _isEmbedded ? SyntaxKind.HostText : SyntaxKind.ByteOrderMark);
                        return true;
                    }
                    _stage = Stage.InSpec;
                    _line = -1;
                    if (_lines.IsEmpty) break;
                    if (!EnterNextLine(out token)) break;
                    return true;

                case Stage.InSpec:
                    int nextLine = _line + 1 < _lines.Length ? _lines[_line + 1].Start : _regionEnd;
                    if (_position < nextLine)
                    {
                        int lineBreak = LineBreakBefore(nextLine);
                        token = _position < lineBreak ? Piece(lineBreak, SyntaxKind.WhiteSpace) : Piece(nextLine, SyntaxKind.EndOfLine);
                        return true;
                    }
                    if (_line + 1 < _lines.Length)
                    {
                        if (!EnterNextLine(out token)) break;
                        return true;
                    }
                    _stage = Stage.BehindSpec;
                    token = new(_position, 0, SyntaxKind.EndOfSpec);
                    return true;

                default:
                    if (_position == _bytes.Length)
                    {
                        token = default;
                        return false;
                    }
                    token = Piece(_bytes.Length, SyntaxKind.HostText);
                    return true;
            }
        }
        token = InContent(_position);
        return true;
    }

    private bool EnterNextLine(out SyntaxToken prefix)
    {
        EnterLine(_line + 1);
        int contentStart = _lines[_line].ContentStart;
        if (_position == contentStart)
        {
            prefix = default;
            return false;
        }
        prefix = Piece(contentStart, SyntaxKind.LinePrefix);
        return true;
    }

    private void EnterLine(int line)
    {
        _line = line;
        _contentEnd = _lines[line].ContentEnd;
    }

    private readonly int FindLine(int offset)
    {
        int low = 0;
        int high = _lines.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_lines[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private readonly int LineBreakBefore(int nextLine)
    {
        if (_bytes[nextLine - 1] != '\n') return nextLine;
        return nextLine - 2 >= _position && _bytes[nextLine - 2] == '\r' ? nextLine - 2 : nextLine - 1;
    }

    private SyntaxToken Piece(int end, SyntaxKind kind, TokenFault fault = TokenFault.None, bool hasEscape = false)
    {
        var piece = new SyntaxToken(_position, end - _position, kind, fault, hasEscape);
        _position = end;
        return piece;
    }

    private SyntaxToken InContent(int start)
    {
        byte first = _bytes[start];
        switch (first)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\v' or (byte)'\f' or (byte)'\r':
                return WhiteSpaceOrLineBreak(start);
            case (byte)'\n':
                return Piece(start + 1, SyntaxKind.EndOfLine);
            case (byte)'#':
                return Piece(EndOfContentLine(start), SyntaxKind.Comment, _bytes[start..EndOfContentLine(start)].Contains((byte)0) ? TokenFault.Nul : TokenFault.None);
            case >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or (byte)'_':
                return Identifier(start);
            case >= (byte)'0' and <= (byte)'9':
                return Number(start);
            case (byte)'"' or (byte)'\'':
                return String(start, first);
            case (byte)'<':
                return OpenAngle(start);
            case (byte)'>':
                return _inConflict && IsConflictMarker(start) ? ConflictMarker(start) : Piece(start + 1, SyntaxKind.CloseAngle);
            case (byte)'{':
                return Piece(start + 1, SyntaxKind.OpenBrace);
            case (byte)'}':
                return Piece(start + 1, SyntaxKind.CloseBrace);
            case (byte)'[':
                return Piece(start + 1, SyntaxKind.OpenBracket);
            case (byte)']':
                return Piece(start + 1, SyntaxKind.CloseBracket);
            case (byte)':':
                return Piece(start + 1, SyntaxKind.Colon);
            case (byte)';':
                return Piece(start + 1, SyntaxKind.Semicolon);
            case (byte)',':
                return Piece(start + 1, SyntaxKind.Comma);
            case (byte)'-':
                return Piece(start + 1, SyntaxKind.Minus);
            case (byte)'/':
                return Piece(start + 1, SyntaxKind.Slash);
            case (byte)'.':
                return start + 1 < _contentEnd && IsDigit(_bytes[start + 1]) ? Number(start) : Piece(start + 1, SyntaxKind.Dot);
            case (byte)'=' or (byte)'|' when _inConflict && IsConflictMarker(start):
                return ConflictMarker(start);
            default:
                return Unknown(start);
        }
    }

    private SyntaxToken WhiteSpaceOrLineBreak(int start)
    {
        int end = start;
        while (end < _contentEnd && _bytes[end] is (byte)' ' or (byte)'\t' or (byte)'\v' or (byte)'\f' or (byte)'\r')
        {
            if (_bytes[end] == '\r' && end + 1 < _contentEnd && _bytes[end + 1] == '\n')
                return end == start ? Piece(end + 2, SyntaxKind.EndOfLine) : Piece(end, SyntaxKind.WhiteSpace);
            end++;
        }
        return Piece(end, SyntaxKind.WhiteSpace);
    }

    private SyntaxToken Identifier(int start)
    {
        int end = start + 1;
        while (end < _contentEnd && IsNamePart(_bytes[end])) end++;
        _identifierEnd = end;
        return Piece(end, SyntaxKind.Identifier);
    }

    private SyntaxToken Number(int start)
    {
        int end = start;
        var kind = SyntaxKind.IntegerLiteral;
        var fault = TokenFault.None;
        if (Peek(end) == '0' && (Peek(end + 1) | 0x20) == 'x')
        {
            end = SkipHexDigits(start + 2);
            if (end == start + 2) fault = TokenFault.NoHexDigits;
        }
        else if (Peek(end) == '0' && IsDigit(Peek(end + 1)))
        {
            end = SkipDigits(start);
            if (_bytes[start..end].IndexOfAny((byte)'8', (byte)'9') >= 0) fault = TokenFault.NotOctal;
        }
        else
        {
            if (Peek(start) == '.' && start == _identifierEnd) fault = TokenFault.NameBeforePoint;
            end = SkipDigits(start);
            if (Peek(end) == '.')
            {
                kind = SyntaxKind.FloatLiteral;
                end = SkipDigits(end + 1);
            }
            if ((Peek(end) | 0x20) == 'e')
            {
                kind = SyntaxKind.FloatLiteral;
                end++;
                if (Peek(end) is (byte)'+' or (byte)'-') end++;
                if (!IsDigit(Peek(end))) fault = TokenFault.NoExponentDigits;
                end = SkipDigits(end);
            }
            if ((Peek(end) | 0x20) == 'f')
            {
                kind = SyntaxKind.FloatLiteral;
                end++;
            }
        }
        if (Peek(end) == '.' || IsNamePart(Peek(end)))
        {
            if (fault == TokenFault.None) fault = Peek(end) == '.' ? TokenFault.StrayDecimalPoint : TokenFault.LetterBehindNumber;
            // The whole word is one mistake, such as a version without quotes.
            while (Peek(end) == '.' || IsNamePart(Peek(end))) end++;
        }
        return Piece(end, kind, fault);
    }

    private SyntaxToken String(int start, byte quote)
    {
        SearchValues<byte> stops = quote == '"' ? DoubleQuotedStops : SingleQuotedStops;
        bool hasEscape = false;
        var fault = TokenFault.None;
        int end = start + 1;
        while (true)
        {
            int length = _bytes[end.._contentEnd].IndexOfAny(stops);
            end = length < 0 ? _contentEnd : end + length;
            byte stop = length < 0 ? (byte)'\n' : _bytes[end];
            if (stop == quote) return Piece(end + 1, SyntaxKind.StringLiteral, fault, hasEscape);
            if (stop == 0)
            {
                fault = TokenFault.Nul;
                end++;
            }
            else if (stop == '\\')
            {
                hasEscape = true;
                end++;
                // The escaped character cannot end the string, unless it is the end of the line.
                if (end < _contentEnd && _bytes[end] is not ((byte)'\n' or 0)) end++;
            }
            else
            {
                if (length >= 0 && end > start + 1 && _bytes[end - 1] == '\r') end--;
                return Piece(end, SyntaxKind.StringLiteral, TokenFault.UnterminatedString, hasEscape);
            }
        }
    }

    private SyntaxToken OpenAngle(int start)
    {
        if (Peek(start + 1) != '<') return Piece(start + 1, SyntaxKind.OpenAngle);
        // Two of them in a row begin no message, as a message starts with a name: this is a conflict, a heredoc or a mistake.
        if (IsConflictMarker(start)) return ConflictMarker(start);
        int nameStart = SkipBlanks(start + 2);
        int nameEnd = nameStart;
        while (IsHeredocNamePart(Peek(nameEnd))) nameEnd++;
        int endOfLine = SkipBlanks(nameEnd);
        if (nameEnd == nameStart || Peek(endOfLine) != '\n') return Piece(start + 1, SyntaxKind.OpenAngle);
        return Heredoc(EndOfContentLine(nameEnd), _bytes[nameStart..nameEnd]);
    }

    private SyntaxToken Heredoc(int endOfFirstLine, ReadOnlySpan<byte> name)
    {
        _lastLineOfName ??= FindLinesOfOneName();
        if (!_lastLineOfName.TryGetValue(Encoding.ASCII.GetString(name), out int last) || last < endOfFirstLine)
            return Piece(endOfFirstLine, SyntaxKind.Heredoc, TokenFault.UnterminatedHeredoc);
        int line = _line;
        int lineEnd = endOfFirstLine;
        while (NextContentLine(ref line, lineEnd, out int lineStart, out lineEnd))
        {
            ReadOnlySpan<byte> content = _bytes[lineStart..lineEnd];
            if (!TrimBlanks(content).SequenceEqual(name)) continue;
            EnterLine(line);
            return Piece(lineStart + content.IndexOf(name) + name.Length, SyntaxKind.Heredoc);
        }
        return Piece(endOfFirstLine, SyntaxKind.Heredoc, TokenFault.UnterminatedHeredoc);
    }

    /// <summary>
    /// The lines that could end a heredoc, with the last line of each name. Found once, so that heredocs without an end, each of which would
    /// otherwise be sought through the rest of the file, take no more time than others.
    /// </summary>
    private readonly Dictionary<string, int> FindLinesOfOneName()
    {
        var last = new Dictionary<string, int>();
        int line = _line;
        int lineEnd = EndOfContentLine(_position);
        while (NextContentLine(ref line, lineEnd, out int lineStart, out lineEnd))
        {
            ReadOnlySpan<byte> name = TrimBlanks(_bytes[lineStart..lineEnd]);
            if (IsHeredocName(name)) last[Encoding.ASCII.GetString(name)] = lineStart;
        }
        return last;
    }

    /// <summary>The content of the next line: of the region when embedded, else up to the next LF.</summary>
    private readonly bool NextContentLine(ref int line, int previousEnd, out int start, out int end)
    {
        if (_isEmbedded)
        {
            bool exists = ++line < _lines.Length;
            (start, end) = exists ? (_lines[line].ContentStart, _lines[line].ContentEnd) : (previousEnd, previousEnd);
            return exists;
        }
        start = previousEnd + (previousEnd < _regionEnd && _bytes[previousEnd] == '\r' ? 2 : 1);
        if (start > _regionEnd)
        {
            end = start = previousEnd;
            return false;
        }
        end = EndOfContentLine(start, _regionEnd);
        return true;
    }

    private readonly bool IsConflictMarker(int start)
    {
        int lineStart = _lines[_line].ContentStart;
        if (start != lineStart && _bytes[start - 1] != '\n') return false;
        int end = start + ConflictMarkerLength;
        return end <= _contentEnd && !_bytes[start..end].ContainsAnyExcept(_bytes[start]) && Peek(end) is (byte)' ' or (byte)'\r' or (byte)'\n';
    }

    private SyntaxToken ConflictMarker(int start)
    {
        _inConflict = _bytes[start] != '>';
        return Piece(EndOfContentLine(start), SyntaxKind.ConflictMarker);
    }

    private SyntaxToken Unknown(int start)
    {
        int end = start + 1;
        while (end < _contentEnd && IsUnknown(_bytes[end])) end++;
        return Piece(end, SyntaxKind.Unknown, _bytes[start] == 0 ? TokenFault.Nul : TokenFault.None);
    }

    private readonly int EndOfContentLine(int start) => EndOfContentLine(start, _contentEnd);

    private readonly int EndOfContentLine(int start, int limit)
    {
        int length = _bytes[start..limit].IndexOf((byte)'\n');
        if (length < 0) return limit;
        int end = start + length;
        return end > start && _bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private readonly byte Peek(int offset) => offset < _contentEnd ? _bytes[offset] : (byte)'\n';

    private readonly int SkipDigits(int offset)
    {
        while (offset < _contentEnd && IsDigit(_bytes[offset])) offset++;
        return offset;
    }

    private readonly int SkipHexDigits(int offset)
    {
        while (offset < _contentEnd && char.IsAsciiHexDigit((char)_bytes[offset])) offset++;
        return offset;
    }

    private readonly int SkipBlanks(int offset)
    {
        while (offset < _contentEnd && _bytes[offset] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\f' or (byte)'\v') offset++;
        return offset;
    }

    private static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text) => text.Trim(" \t\r\f\v"u8);

    private static bool IsHeredocName(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return false;
        foreach (byte value in text)
        {
            if (!IsHeredocNamePart(value)) return false;
        }
        return true;
    }

    private static bool IsHeredocNamePart(byte value) => char.IsAsciiLetter((char)value) || value == '_';

    private static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    private static bool IsNamePart(byte value) => (uint)((value | 0x20) - 'a') <= 'z' - 'a' || IsDigit(value) || value == '_';

    private static bool IsUnknown(byte value) =>
        value is 0 or >= 0x80 or < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\v' or (byte)'\f' or (byte)'\r')
            or (byte)'!' or (byte)'$' or (byte)'%' or (byte)'&' or (byte)'(' or (byte)')' or (byte)'*' or (byte)'+' or (byte)'=' or (byte)'?'
            or (byte)'@' or (byte)'\\' or (byte)'^' or (byte)'`' or (byte)'|' or (byte)'~' or 0x7F;
}
