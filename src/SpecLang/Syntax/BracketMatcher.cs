namespace VPythonTools.SpecLang.Syntax;

/// <summary>Makes <see cref="BracketPairs"/>: goes through the tokens once with the brackets that are open.</summary>
internal ref struct BracketMatcher
{
    /// <summary>How many open brackets are looked at for one that matches: messages cannot be nested deeper.</summary>
    private const int MostLookedAt = SyntaxTree.MaxDepth;

    private readonly ReadOnlySpan<SyntaxToken> _tokens;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TokenContext _context;
    private readonly bool _isIndented;
    private readonly int[] _others;
    private readonly List<Opening> _open = [];
    private int _line;
    private int _indentation;

    private BracketMatcher(SyntaxTree tree)
    {
        _tokens = tree.Tokens;
        _bytes = tree.Text.Bytes;
        _context = new(tree);
        _others = new int[_tokens.Length];
        _others.AsSpan().Fill(-1);
        _isIndented = MostContentIsIndented(_tokens, _context);
    }

    public static int[] Match(SyntaxTree tree)
    {
        var matcher = new BracketMatcher(tree);
        matcher.Match();
        return matcher._others;
    }

    private void Match()
    {
        int last = _tokens.Length - 1;
        for (int i = 0; i < last; i++)
        {
            bool isFirst = _context.IsFirstOnLine(i, out int column);
            if (isFirst) (_line, _indentation) = (i, column);
            switch (_tokens[i].Kind)
            {
                case SyntaxKind.Identifier when _context.StartsField(i):
                    EndBefore(i, isFirst, column);
                    // What only may lack its bracket: if nothing closes it, it does not.
                    if (_open.Count > 0 && _open[^1].Close == SyntaxKind.CloseBracket) Open(i, SyntaxKind.CloseBrace);
                    if (isFirst && IsMissingBracket(i + 1, column)) Open(i + 1, SyntaxKind.CloseAngle);
                    break;
                case SyntaxKind.OpenAngle when _context.EndOfConflictMarker(i) is > 0 and int end:
                    i = end - 1;
                    break;
                case SyntaxKind.OpenAngle or SyntaxKind.OpenBrace:
                    // A message starts with a name, so of two brackets in a row the first opens nothing.
                    if (_tokens[i + 1].Kind is not (SyntaxKind.OpenAngle or SyntaxKind.OpenBrace) && !IsBehindEqual(i) && !IsBeforeString(i) && !_context.IsSignBeforeValue(i)) Open(i, _tokens[i].Kind + 1);
                    break;
                case SyntaxKind.OpenBracket when !_context.IsSignBeforeValue(i):
                    Open(i, SyntaxKind.CloseBracket);
                    break;
                // What looks like a heredoc without end may be a message whose bracket was typed twice.
                case SyntaxKind.Heredoc when _tokens[i].Fault == TokenFault.UnterminatedHeredoc:
                    Open(i, SyntaxKind.CloseAngle);
                    break;
                case SyntaxKind.CloseAngle when _context.EndOfConflictMarker(i) is > 0 and int end && _open.Count < end - i:
                    i = end - 1;
                    break;
                case SyntaxKind.CloseAngle or SyntaxKind.CloseBrace or SyntaxKind.CloseBracket when !_context.IsSignBeforeValue(i) || _tokens[i].Kind == SyntaxKind.CloseBracket:
                    Close(i, isFirst, column);
                    break;
            }
        }
        EndFrom(0, last);
    }

    /// <summary>Whether fields further to the right follow a colon that should have a message behind it: they are its fields, if a bracket closes them.</summary>
    private readonly bool IsMissingBracket(int colon, int column) =>
        _isIndented && _tokens[colon].Kind == SyntaxKind.Colon && _context.StartsField(colon + 1) && _context.IsFirstOnLine(colon + 1, out int content) && content > column;

    /// <summary>Whether a bracket stands before a string that is all of the value.</summary>
    private readonly bool IsBeforeString(int opening) =>
        _tokens[opening + 1].Kind == SyntaxKind.StringLiteral && !_context.IsFollowedByValue(opening + 1) && !_context.IsFirstOnLine(opening + 1)
        && (_tokens[opening + 2].Kind == SyntaxKind.EndOfSpec || _context.IsFirstOnLine(opening + 2, out int column) && column <= _indentation);

    private readonly bool IsBehindEqual(int token) =>
        token > 0 && _tokens[token - 1].Kind == _tokens[token].Kind && _context.Touches(token - 1, token);

    private readonly void Open(int token, SyntaxKind close)
    {
        int name = token - 1;
        if (name > 0 && _tokens[name].Kind == SyntaxKind.Colon) name--;
        bool hasName = name >= 0 && _tokens[name].Kind == SyntaxKind.Identifier && close != SyntaxKind.CloseBracket;
        _open.Add(new(token, close, hasName ? name : -1, _line, _indentation, -1));
    }

    /// <summary>Ends what must have ended before a field, though no bracket says so.</summary>
    private readonly void EndBefore(int field, bool isFirst, int column)
    {
        int keep = _open.Count;
        // A list holds no fields; what stands directly behind its bracket or a comma may be an element by mistake.
        bool mayBeElement = _tokens[Math.Max(field - 1, 0)].Kind is SyntaxKind.OpenBracket or SyntaxKind.Comma;
        while (keep > 0 && _open[keep - 1].Close == SyntaxKind.CloseBracket && !(mayBeElement && (!isFirst || column > _open[keep - 1].Column))) keep--;
        if (isFirst)
        {
            while (keep > 0 && IsLeftBy(_open[keep - 1], column)) keep--;
            for (int i = keep - 1; i >= 0 && i >= keep - MostLookedAt; i--)
            {
                Opening opening = _open[i];
                if (opening.Name < 0 || !Text(opening.Name).SequenceEqual(Text(field)) || column > opening.Column && column >= opening.ContentColumn) continue;
                keep = i;
                break;
            }
        }
        EndFrom(keep, field);
        if (isFirst && keep > 0 && _open[keep - 1].ContentColumn < 0) _open[keep - 1] = _open[keep - 1] with { ContentColumn = column };
    }

    /// <summary>Whether a line that starts in a column is no longer inside a bracket: it stands no further to the right than the line that opened it.</summary>
    private readonly bool IsLeftBy(in Opening opening, int column) =>
        opening.Line != _line && column <= opening.Column && (_isIndented || opening.ContentColumn > opening.Column);

    private readonly void Close(int token, bool isFirst, int column)
    {
        SyntaxKind kind = _tokens[token].Kind;
        int opening = isFirst ? FindInColumn(token, kind, column) : FindOnLine(token, kind);
        if (opening < 0) return;
        EndFrom(opening + 1, token);
        _others[token] = _open[opening].Token;
        _others[_open[opening].Token] = token;
        _open.RemoveAt(opening);
    }

    /// <summary>What a bracket that is first on its line closes: best what a line of the same indentation opened.</summary>
    private readonly int FindInColumn(int token, SyntaxKind kind, int column)
    {
        int otherKind = -1;
        for (int i = _open.Count - 1; i >= 0 && i >= _open.Count - MostLookedAt && _open[i].Column >= column; i--)
        {
            if (_open[i].Column != column) continue;
            if (_open[i].Close == kind) return i;
            if (otherKind < 0 && CanCloseByMistake(kind, i)) otherKind = i;
        }
        return otherKind >= 0 ? otherKind : FindNearest(token, kind);
    }

    /// <summary>What a bracket closes that other text stands before: best what was opened on the same line.</summary>
    private readonly int FindOnLine(int token, SyntaxKind kind)
    {
        int last = _open.Count - 1;
        if (last < 0) return -1;
        for (int i = last; i >= 0 && i >= last - MostLookedAt && _open[i].Line == _line; i--)
        {
            if (_open[i].Close == kind) return GoesOnBehind(token, _open[i]) || _open[i].Token == token - 1 && HasContentBehind(token) ? -1 : i;
        }
        if (_open[last].Line == _line) return CanCloseByMistake(kind, last) && !GoesOnBehind(token, _open[last]) && !IsClosedOnLine(token, _open[last].Close) ? last : -1;
        return FindNearest(token, kind);
    }

    private readonly int FindNearest(int token, SyntaxKind kind)
    {
        int last = _open.Count - 1;
        int found = -1;
        for (int i = last; found < 0 && i >= 0 && i >= last - MostLookedAt; i--)
        {
            if (_open[i].Close == kind) found = i;
        }
        if (found < 0 && last >= 0 && CanCloseByMistake(kind, last)) found = last;
        return found >= 0 && GoesOnBehind(token, _open[found]) ? -1 : found;
    }

    /// <summary>Whether the layout says that what a bracket would close goes on behind it.</summary>
    private readonly bool GoesOnBehind(int token, in Opening opening)
    {
        if (!_isIndented || !_context.IsFirstOnLine(token + 1, out int column)) return false;
        return _context.StartsField(token + 1) ? column > opening.Column : _tokens[token + 1].Kind == opening.Close && column == opening.Column && opening.Line != _line;
    }

    /// <summary>Whether what follows the end of an empty message on its line is what should be inside it.</summary>
    private readonly bool HasContentBehind(int token) =>
        _context.StartsField(token + 1) && !_context.IsFirstOnLine(token + 1) && IsClosedOnLine(token, _tokens[token].Kind);

    /// <summary>Whether the bracket that is of the right kind comes soon, on the same line.</summary>
    private readonly bool IsClosedOnLine(int token, SyntaxKind close)
    {
        const int Soon = 50;
        for (int i = token + 1; i < token + Soon && _tokens[i].Kind != SyntaxKind.EndOfSpec && !_context.IsFirstOnLine(i); i++)
        {
            if (_tokens[i].Kind == close) return true;
            if (_tokens[i].Kind == close - 1) return false;
        }
        return false;
    }

    private readonly bool CanCloseByMistake(SyntaxKind kind, int opening) => kind != SyntaxKind.CloseBracket && _open[opening].Close != SyntaxKind.CloseBracket;

    /// <summary>Ends all brackets from one on, without a closing one, before a token.</summary>
    private readonly void EndFrom(int first, int token)
    {
        for (int i = first; i < _open.Count; i++)
        {
            // What only may have been a bracket is none when nothing closes it.
            if (_tokens[_open[i].Token].Kind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace or SyntaxKind.OpenBracket) _others[_open[i].Token] = token;
        }
        _open.RemoveRange(first, _open.Count - first);
    }

    private readonly ReadOnlySpan<byte> Text(int token) => _bytes.Slice(_tokens[token].Start, _tokens[token].Length);

    /// <summary>Whether most messages that begin with a line break have their first field further to the right than the line that opens them.</summary>
    private static bool MostContentIsIndented(ReadOnlySpan<SyntaxToken> tokens, in TokenContext context)
    {
        int indentation = 0;
        int balance = 0;
        for (int i = 0; i + 1 < tokens.Length; i++)
        {
            if (context.IsFirstOnLine(i, out int column)) indentation = column;
            if (tokens[i].Kind is SyntaxKind.OpenAngle or SyntaxKind.OpenBrace && tokens[i + 1].Kind == SyntaxKind.Identifier && context.IsFirstOnLine(i + 1, out int content))
                balance += content > indentation ? 1 : -1;
        }
        return balance >= 0;
    }

    /// <summary>A bracket that is open.</summary>
    /// <param name="Token">The bracket.</param>
    /// <param name="Close">The kind of token that closes it.</param>
    /// <param name="Name">The name of the field that it is the value of; negative for an element of a list, and for a list.</param>
    /// <param name="Line">The first token of its line.</param>
    /// <param name="Column">How far that line is indented.</param>
    /// <param name="ContentColumn">How far the first line inside is indented that starts with a field; negative while there is none.</param>
    private readonly record struct Opening(int Token, SyntaxKind Close, int Name, int Line, int Column, int ContentColumn);
}
