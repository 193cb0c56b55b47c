namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What a piece of a spec is to its reader.</summary>
public enum SemanticTokenKind
{
    /// <summary>A comment, or what is left of one around its other pieces.</summary>
    Comment,

    /// <summary>A word in a comment that these tools act upon: <c>vpython: disable=</c>, <c>vpython-fmt: off</c>, <c>proto-file:</c>.</summary>
    Directive,

    /// <summary>The code of a finding in a directive.</summary>
    Code,

    /// <summary>A guard of a spec in a script.</summary>
    Guard,

    /// <summary>The name of a field.</summary>
    Field,

    /// <summary>The name of a type or an extension, with its brackets.</summary>
    Type,

    /// <summary>A string with its quotes, or a line of one; what is left of it around its other pieces.</summary>
    Text,

    /// <summary>An escape sequence.</summary>
    Escape,

    /// <summary>The lines that begin and end a heredoc.</summary>
    HeredocMark,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A value that is a word.</summary>
    Word,

    /// <summary>A bracket, colon, separator or sign.</summary>
    Punctuation,

    /// <summary>The distribution in the name of a package.</summary>
    Distribution,

    /// <summary>The number of a wheel's version, without its key.</summary>
    Version,

    /// <summary>The signs around a variable in the name of a package, and those between its alternatives.</summary>
    VariablePunctuation,

    /// <summary>The name of a variable in the name of a package.</summary>
    Variable,

    /// <summary>An alternative of a variable in the name of a package.</summary>
    Alternative,
}
