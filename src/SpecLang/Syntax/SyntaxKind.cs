namespace VPythonTools.SpecLang.Syntax;

/// <summary>What a piece of text is. Everything up to <see cref="ConflictMarker"/> is trivia: text without meaning between tokens.</summary>
public enum SyntaxKind : byte
{
    /// <summary>Text of the script before or behind its spec, guards included.</summary>
    HostText,

    /// <summary>The UTF-8 byte order mark.</summary>
    ByteOrderMark,

    /// <summary>Blanks, tabs, form feeds and the like, on one line.</summary>
    WhiteSpace,

    /// <summary>LF or CR LF. A lone CR is white space, as in all parsers of the text format.</summary>
    EndOfLine,

    /// <summary>From <c>#</c> to the end of the line.</summary>
    Comment,

    /// <summary>The indentation and comment prefix of a line of a spec in a script.</summary>
    LinePrefix,

    /// <summary>A line that version control left in an unfinished merge. Always an error.</summary>
    ConflictMarker,

    /// <summary>A name or a word value: letters, digits and <c>_</c>, not starting with a digit.</summary>
    Identifier,

    /// <summary>A decimal, octal or hexadecimal integer without sign.</summary>
    IntegerLiteral,

    /// <summary>A number with a decimal point, an exponent or a suffix <c>f</c>, without sign.</summary>
    FloatLiteral,

    /// <summary>A string in single or double quotes, which ends on its line.</summary>
    StringLiteral,

    /// <summary>A string in lines of its own, from <c>&lt;&lt;NAME</c> to the line that holds only the name.</summary>
    Heredoc,

    /// <summary>An opening brace.</summary>
    OpenBrace,

    /// <summary>A closing brace.</summary>
    CloseBrace,

    /// <summary><c>&lt;</c></summary>
    OpenAngle,

    /// <summary><c>&gt;</c></summary>
    CloseAngle,

    /// <summary><c>[</c></summary>
    OpenBracket,

    /// <summary><c>]</c></summary>
    CloseBracket,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>;</c></summary>
    Semicolon,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>-</c></summary>
    Minus,

    /// <summary><c>.</c></summary>
    Dot,

    /// <summary><c>/</c></summary>
    Slash,

    /// <summary>Characters that no token starts with.</summary>
    Unknown,

    /// <summary>The end of the spec; always the last token, and empty.</summary>
    EndOfSpec,
}
