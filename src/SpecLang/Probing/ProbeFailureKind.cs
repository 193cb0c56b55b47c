namespace VPythonTools.SpecLang.Probing;

/// <summary>Why a search ended with an error.</summary>
public enum ProbeFailureKind
{
    /// <summary>The script does not exist or may not be seen.</summary>
    ScriptMissing,

    /// <summary>The script, in which a spec may be, cannot be read.</summary>
    ScriptUnreadable,

    /// <summary>The spec that was named, on the command line or in the environment, does not exist.</summary>
    SpecMissing,

    /// <summary>The spec was found and cannot be read.</summary>
    SpecUnreadable,
}
