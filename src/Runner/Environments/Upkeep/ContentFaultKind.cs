namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>How a file differs from what it was.</summary>
internal enum ContentFaultKind
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It has another content.</summary>
    Changed,

    /// <summary>It is a link, and what it led to is gone: of an interpreter that was removed, for one.</summary>
    LinkLeadsNowhere,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}
