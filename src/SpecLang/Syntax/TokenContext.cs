using VPythonTools.SpecLang.Documents;

namespace VPythonTools.SpecLang.Syntax;

/// <summary>What the tokens around a token, and the line that it is on, say of it.</summary>
internal readonly ref struct TokenContext(SyntaxTree tree)
{
    private const int ConflictMarkerLength = 7;

    private readonly ReadOnlySpan<SyntaxToken> _tokens = tree.Tokens;
    private readonly ReadOnlySpan<byte> _bytes = tree.Text.Bytes;
    private readonly SpecRegion? _region = tree.Document.Region;

    /// <summary>Whether only white space and the comment prefix stand before a token on its line; <paramref name="column"/> is how much.</summary>
    public bool IsFirstOnLine(int token, out int column)
    {
        int start = _tokens[token].Start;
        int contentStart = _region!.IsEmbedded ? _region.Lines[_region.FindLine(start)].ContentStart : _region.Span.Start;
        int offset = start;
        while (offset > contentStart && _bytes[offset - 1] is (byte)' ' or (byte)'\t') offset--;
        column = start - offset;
        return offset <= contentStart || _bytes[offset - 1] == '\n';
    }

    /// <summary>Whether a token is first on its line.</summary>
    public bool IsFirstOnLine(int token) => IsFirstOnLine(token, out _);

    /// <summary>Whether two tokens have nothing between them.</summary>
    public bool Touches(int token, int next) => _tokens[token].End == _tokens[next].Start;

    /// <summary>Whether a field starts at a word: a colon or a message follows it, and the colon is not that of an address.</summary>
    public bool StartsField(int token) =>
        _tokens[token].Kind == SyntaxKind.Identifier && IsFollowedByValue(token)
        && (_tokens[token + 1].Kind != SyntaxKind.Colon || _tokens[token + 2].Kind != SyntaxKind.Slash);

    /// <summary>Whether a colon or a message follows.</summary>
    public bool IsFollowedByValue(int token) =>
        _tokens[token + 1].Kind is SyntaxKind.Colon or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace;

    /// <summary>Whether a sign stands before a value on its line by mistake: nothing that a bracket opens or closes goes on with what follows it.</summary>
    public bool IsSignBeforeValue(int token)
    {
        if (_tokens[token].Kind == SyntaxKind.EndOfSpec) return false;
        SyntaxKind next = _tokens[token + 1].Kind;
        bool isMistake = _tokens[token].Kind switch
        {
            SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket when next == SyntaxKind.Colon => !IsFirstOnLine(token + 2) && !StartsField(token + 2),
            SyntaxKind.CloseAngle or SyntaxKind.CloseBrace => next is SyntaxKind.Colon or SyntaxKind.StringLiteral
                || next is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket && IsBehindName(token),
            SyntaxKind.Colon or SyntaxKind.Comma or SyntaxKind.Semicolon or SyntaxKind.Unknown or SyntaxKind.CloseBracket =>
                next is SyntaxKind.Colon or SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket or SyntaxKind.StringLiteral,
            _ => false,
        };
        return isMistake && !IsFirstOnLine(token + 1);
    }

    /// <summary>Whether a name, with or without its colon, stands before a token.</summary>
    private bool IsBehindName(int token) => token > 1 && (_tokens[token - 1].Kind == SyntaxKind.Colon || _tokens[token - 1].Kind == SyntaxKind.Identifier && _tokens[token - 2].Kind != SyntaxKind.Colon);

    /// <summary>
    /// The index behind the line that version control left in an unfinished merge and that starts at a token; zero where none does. The lexer knows these lines
    /// where they follow each other; this finds a mark that is left alone, or that is not at the start of its line.
    /// </summary>
    public int EndOfConflictMarker(int token)
    {
        int end = token;
        if (token > 0 && _tokens[token - 1].Kind == _tokens[token].Kind && Touches(token - 1, token)) return 0;
        switch (_tokens[token].Kind)
        {
            case SyntaxKind.OpenAngle or SyntaxKind.CloseAngle:
                do end++;
                while (end - token <= ConflictMarkerLength && _tokens[end].Kind == _tokens[token].Kind && Touches(end - 1, end));
                // The last two signs and the word behind them look like a heredoc where the mark is not at the start of its line.
                if (end - token == ConflictMarkerLength - 2 && _tokens[end] is { Kind: SyntaxKind.Heredoc, Fault: TokenFault.UnterminatedHeredoc } && Touches(end - 1, end)) return end + 1;
                if (end - token != ConflictMarkerLength) return 0;
                if (_tokens[token].Kind == SyntaxKind.CloseAngle && !(IsFirstOnLine(token, out int column) && column == 0)) return 0;
                break;
            case SyntaxKind.Unknown when _tokens[token].Length == ConflictMarkerLength && _bytes[_tokens[token].Start] is (byte)'=' or (byte)'|':
                if (_bytes.Slice(_tokens[token].Start, ConflictMarkerLength).ContainsAnyExcept(_bytes[_tokens[token].Start]) || !IsFirstOnLine(token)) return 0;
                end++;
                break;
            default:
                return 0;
        }
        if (_tokens[end].Kind != SyntaxKind.EndOfSpec && Touches(end - 1, end)) return 0;
        while (_tokens[end].Kind != SyntaxKind.EndOfSpec && !IsFirstOnLine(end)) end++;
        return end;
    }
}
