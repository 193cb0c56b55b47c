namespace VPythonTools.SpecLang.Python;

/// <summary>What the import scanner tells apart in a Python text.</summary>
internal enum PythonTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>The end of a logical line.</summary>
    Newline,

    /// <summary>An identifier or a keyword.</summary>
    Name,

    /// <summary>A string literal with its prefix and quotes.</summary>
    String,

    /// <summary>A number, or an operator; of the operators that matter, each is a token of one character, but for <c>:=</c>.</summary>
    Other,
}
