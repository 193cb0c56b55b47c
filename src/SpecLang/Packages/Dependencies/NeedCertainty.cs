namespace VPythonTools.SpecLang.Packages.Dependencies;

/// <summary>How well it is known that a wheel needs something; the least first.</summary>
public enum NeedCertainty
{
    /// <summary>Some other version needs it.</summary>
    Guess,

    /// <summary>A version of the same minor release needs it, or an older one and a newer one do.</summary>
    Likely,

    /// <summary>This very version needs it.</summary>
    Exact,
}
