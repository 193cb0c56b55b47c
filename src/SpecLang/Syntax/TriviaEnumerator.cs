namespace VPythonTools.SpecLang.Syntax;

/// <summary>The trivia between two tokens, piece by piece, without allocation. Trivia is not stored: the text between two tokens is cut again when asked for.</summary>
public ref struct TriviaEnumerator
{
    private readonly int _end;
    private SpecLexer _lexer;
    private SyntaxToken _current;

    internal TriviaEnumerator(SpecLexer lexer, int end)
    {
        _lexer = lexer;
        _end = end;
    }

    /// <summary>The piece that the enumerator is at.</summary>
    public readonly SyntaxToken Current => _current;

    /// <summary>Goes to the next piece.</summary>
    public bool MoveNext() => _lexer.Next(out _current) && _current.IsTrivia && _current.Start < _end;

    /// <summary>This enumerator, for <c>foreach</c>.</summary>
    public readonly TriviaEnumerator GetEnumerator() => this;
}
