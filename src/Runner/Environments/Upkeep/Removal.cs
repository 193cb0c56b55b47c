namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>What became of an environment that was to be removed.</summary>
internal enum Removal
{
    /// <summary>It is gone.</summary>
    Done,

    /// <summary>Somebody uses it, or has used it meanwhile.</summary>
    IsInUse,

    /// <summary>There is none.</summary>
    IsNotThere,

    /// <summary>The system refused; the log says why.</summary>
    Failed,
}
