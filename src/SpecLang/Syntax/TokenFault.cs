namespace VPythonTools.SpecLang.Syntax;

/// <summary>What is wrong with the text of a token.</summary>
public enum TokenFault : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A string whose line ends before its quote.</summary>
    UnterminatedString,

    /// <summary>A heredoc without the line that ends it.</summary>
    UnterminatedHeredoc,

    /// <summary><c>0x</c> without a hexadecimal digit.</summary>
    NoHexDigits,

    /// <summary>A leading zero before digits that are not octal.</summary>
    NotOctal,

    /// <summary>An <c>e</c> without a digit behind it.</summary>
    NoExponentDigits,

    /// <summary>A letter directly behind a number.</summary>
    LetterBehindNumber,

    /// <summary>A second decimal point, or one in a number that cannot have one.</summary>
    StrayDecimalPoint,

    /// <summary>A number that starts with a decimal point, directly behind a name.</summary>
    NameBeforePoint,

    /// <summary>A NUL character, which ends the input for parsers of the text format.</summary>
    Nul,
}
