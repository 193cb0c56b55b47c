namespace VPythonTools.SpecLang.Diagnostics;

/// <summary>Whether a fix can be applied without being looked at.</summary>
public enum FixSafety
{
    /// <summary>The spec means the same afterwards, or what it must have meant; no comment is lost.</summary>
    Safe,

    /// <summary>Most likely right, but the environment changes: other wheels, other versions.</summary>
    Unsafe,
}
