namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>What an action is for; editors group and bind actions by it.</summary>
public enum SpecActionKind
{
    /// <summary>Mends a finding.</summary>
    QuickFix,

    /// <summary>Mends every finding that can be mended without being looked at: <c>source.fixAll.vpython</c>.</summary>
    FixAll,

    /// <summary>Brings the text into the canonical style.</summary>
    Format,

    /// <summary>Puts the wheels in the order of their names.</summary>
    Sort,

    /// <summary>Adds wheels that are missing.</summary>
    AddWheels,

    /// <summary>Brings newer versions of wheels.</summary>
    Upgrade,

    /// <summary>Writes a comment that suppresses a finding.</summary>
    Suppress,

    /// <summary>Moves the spec to another file.</summary>
    Move,
}
