namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>How an editor can show the text of a finding.</summary>
[Flags]
public enum DiagnosticTags
{
    /// <summary>As it shows any finding.</summary>
    None = 0,

    /// <summary>Faded: the text has no effect.</summary>
    Unnecessary = 1,

    /// <summary>Struck out: the text is of former times.</summary>
    Deprecated = 2,
}
