namespace VPythonTools.SpecLang.Python;

/// <summary>What is to be held against an import before it counts as a need of the script.</summary>
[Flags]
public enum ImportContext
{
    /// <summary>Nothing: the script does not start without the module.</summary>
    None = 0,

    /// <summary>A missing module is expected: within <c>try</c> with a handler for it, within that handler, or within <c>suppress(ImportError)</c>.</summary>
    Optional = 1,

    /// <summary>For type checkers only: below <c>if TYPE_CHECKING:</c>, which no running Python enters.</summary>
    TypeChecking = 2,

    /// <summary>Within a function: not before it is called.</summary>
    Lazy = 4,

    /// <summary>Below a condition, which may ask for the platform or the version of Python; <c>if __name__ == "__main__":</c> is none.</summary>
    Conditional = 8,

    /// <summary>By a call with the name as a literal: <c>importlib.import_module("x")</c>, <c>__import__("x")</c>.</summary>
    Dynamic = 16,
}
