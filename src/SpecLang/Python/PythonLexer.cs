using System.Buffers;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// Cuts a Python text, of any version, into logical lines and tokens: as much as is needed to find statements. Strings, comments, brackets and joined lines are
/// understood; nothing is an error. Of texts that are not Python something comes out all the same, in linear time.
/// </summary>
/// <param name="text">The text.</param>
internal ref struct PythonLexer(ReadOnlySpan<byte> text)
{
    private const int TabWidth = 8;

    private static readonly SearchValues<byte> StringPrefixLetters = SearchValues.Create("rRbBuUfFtT"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position = text.StartsWith("\uFEFF"u8) ? 3 : 0;
    private int _depth;
    private bool _isAtLineStart = true;

    /// <summary>The column of the first token of the current logical line, tabs reaching to the next multiple of eight.</summary>
    public int Indentation { get; private set; }

    /// <summary>The next token. Empty lines and comments give none; the last logical line has an end like every other.</summary>
    public PythonToken Next()
    {
        if (_isAtLineStart) SkipToStatement();
        while (true)
        {
            SkipSpace();
            if (_position == _text.Length)
            {
                bool wasInLine = !_isAtLineStart;
                _isAtLineStart = true;
                return Token(wasInLine ? PythonTokenKind.Newline : PythonTokenKind.End, _position);
            }
            int start = _position;
            byte first = _text[start];
            if (first is (byte)'\n' or (byte)'\r')
            {
                SkipLineBreak();
                if (_depth > 0 && !BeginsStatement()) continue;
                _depth = 0;
                _isAtLineStart = true;
                return Token(PythonTokenKind.Newline, start);
            }
            if (IsNameByte(first) && !IsDigit(first)) return ReadNameOrString();
            if (first is (byte)'"' or (byte)'\'') return ReadString(start);
            return ReadOther(first);
        }
    }

    /// <summary>Goes to the first token of a logical line and takes its column.</summary>
    private void SkipToStatement()
    {
        int column = 0;
        while (_position < _text.Length)
        {
            switch (_text[_position])
            {
                case (byte)' ':
                    column++;
                    break;
                case (byte)'\t':
                    column = ((column / TabWidth) + 1) * TabWidth;
                    break;
                case (byte)'\f' or (byte)'\n' or (byte)'\r':
                    column = 0;
                    break;
                case (byte)'#':
                    SkipComment();
                    continue;
                default:
                    Indentation = column;
                    _isAtLineStart = false;
                    return;
            }
            _position++;
        }
    }

    /// <summary>Within a logical line: blanks, comments and joined lines.</summary>
    private void SkipSpace()
    {
        while (_position < _text.Length)
        {
            byte next = _text[_position];
            if (next is (byte)' ' or (byte)'\t' or (byte)'\f') _position++;
            else if (next == '#') SkipComment();
            else if (next == '\\' && IsLineBreakAt(_position + 1)) SkipJoin();
            else return;
        }
    }

    private void SkipComment()
    {
        int length = _text[_position..].IndexOfAny((byte)'\n', (byte)'\r');
        _position = length < 0 ? _text.Length : _position + length;
    }

    private void SkipJoin()
    {
        _position++;
        SkipLineBreak();
    }

    private void SkipLineBreak() => _position += _text[_position] == '\r' && _position + 1 < _text.Length && _text[_position + 1] == '\n' ? 2 : 1;

    private readonly bool IsLineBreakAt(int position) => position < _text.Length && _text[position] is (byte)'\n' or (byte)'\r';

    /// <summary>Whether a line within brackets begins as only a statement can: then a bracket before it was never closed.</summary>
    private readonly bool BeginsStatement()
    {
        ReadOnlySpan<byte> rest = _text[_position..];
        return rest.StartsWith("import "u8) || rest.StartsWith("from "u8) || rest.StartsWith("def "u8) || rest.StartsWith("class "u8) || rest.StartsWith("async def "u8);
    }

    private PythonToken ReadNameOrString()
    {
        int start = _position;
        while (_position < _text.Length && IsNameByte(_text[_position])) _position++;
        bool isPrefix = _position - start <= 3 && _position < _text.Length && _text[_position] is (byte)'"' or (byte)'\'' && IsStringPrefix(_text[start.._position]);
        return isPrefix ? ReadString(start) : Token(PythonTokenKind.Name, start);
    }

    private static bool IsStringPrefix(ReadOnlySpan<byte> prefix) => !prefix.ContainsAnyExcept(StringPrefixLetters);

    /// <summary>Also in raw strings a backslash keeps a quote from ending them. A string of one line that has no end ends with its line.</summary>
    private PythonToken ReadString(int start)
    {
        byte quote = _text[_position];
        bool isTriple = _position + 2 < _text.Length && _text[_position + 1] == quote && _text[_position + 2] == quote;
        _position += isTriple ? 3 : 1;
        while (_position < _text.Length)
        {
            byte next = _text[_position];
            if (next == '\\')
            {
                _position++;
                if (IsLineBreakAt(_position)) SkipLineBreak();
                else if (_position < _text.Length) _position++;
            }
            else if (next == quote && (!isTriple || _text[_position..].StartsWith([quote, quote, quote])))
            {
                _position += isTriple ? 3 : 1;
                break;
            }
            else if (!isTriple && next is (byte)'\n' or (byte)'\r')
            {
                break;
            }
            else
            {
                _position++;
            }
        }
        return Token(PythonTokenKind.String, start);
    }

    private PythonToken ReadOther(byte first)
    {
        int start = _position++;
        switch (first)
        {
            case (byte)'(' or (byte)'[' or (byte)'{':
                return new(PythonTokenKind.Other, new(start, 1), _depth++);
            case (byte)')' or (byte)']' or (byte)'}':
                if (_depth > 0) _depth--;
                break;
            case (byte)':' when _position < _text.Length && _text[_position] == '=':
                _position++;
                break;
            case >= (byte)'0' and <= (byte)'9':
                while (_position < _text.Length && (IsNameByte(_text[_position]) || _text[_position] == '.')) _position++;
                break;
        }
        return Token(PythonTokenKind.Other, start);
    }

    private readonly PythonToken Token(PythonTokenKind kind, int start) => new(kind, TextSpan.FromBounds(start, _position), _depth);

    private static bool IsDigit(byte one) => one is >= (byte)'0' and <= (byte)'9';

    private static bool IsNameByte(byte one) => one >= 0x80 || char.IsAsciiLetterOrDigit((char)one) || one == '_';
}
