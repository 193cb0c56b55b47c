namespace VPythonTools.SpecLang.Formatting;

/// <summary>How a token is separated from the one before it.</summary>
internal enum GapKind : byte
{
    /// <summary>As it is.</summary>
    Kept,

    /// <summary>Nothing.</summary>
    Closed,

    /// <summary>A blank.</summary>
    Blank,

    /// <summary>A comma and a blank.</summary>
    CommaBlank,

    /// <summary>A colon and a blank.</summary>
    ColonBlank,

    /// <summary>A new line.</summary>
    Line,

    /// <summary>A new line, before a closing bracket or at the end.</summary>
    ClosingLine,
}
