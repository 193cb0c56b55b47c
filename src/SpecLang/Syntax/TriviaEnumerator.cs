namespace VPythonTools.SpecLang.Syntax;

/// <summary>The trivia between two tokens, piece by piece, without allocation. Trivia is not stored: the text between two tokens is cut again when asked for.</summary>
public ref struct TriviaEnumerator
{
    private readonly int _end;
    private SpecLexer _lexer;
    private SyntaxToken _current;
    private int _position;

    internal TriviaEnumerator(SpecLexer lexer, int start, int end)
    {
        _lexer = lexer;
        _position = start;
        _end = end;
    }

    /// <summary>The piece that the enumerator is at.</summary>
    public readonly SyntaxToken Current => _current;

    /// <summary>Goes to the next piece.</summary>
    public bool MoveNext()
    {
        // The token behind the trivia is not cut again: it can be long, and a heredoc looks through the rest of the file.
        if (_position >= _end || !_lexer.Next(out _current) || !_current.IsTrivia) return false;
        _position = _current.End;
        return true;
    }

    /// <summary>This enumerator, for <c>foreach</c>.</summary>
    public readonly TriviaEnumerator GetEnumerator() => this;
}
