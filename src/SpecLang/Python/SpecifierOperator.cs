namespace VPythonTools.SpecLang.Python;

/// <summary>How a clause of a version specifier compares (PEP 440, "Version specifiers").</summary>
public enum SpecifierOperator
{
    /// <summary><c>~=</c>: not older, and of the same series.</summary>
    Compatible,

    /// <summary><c>==</c>, also with <c>.*</c>.</summary>
    Equal,

    /// <summary><c>!=</c>, also with <c>.*</c>.</summary>
    NotEqual,

    /// <summary><c>&lt;=</c>.</summary>
    AtMost,

    /// <summary><c>&gt;=</c>.</summary>
    AtLeast,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>===</c>: the same text.</summary>
    Identical,
}
