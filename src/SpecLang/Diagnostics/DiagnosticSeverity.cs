namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>How much a finding matters, most first.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The text has no meaning, or cannot do what it says.</summary>
    Error,

    /// <summary>Most likely a mistake.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>A suggestion, shown without a mark.</summary>
    Hint,
}
