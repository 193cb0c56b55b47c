namespace VPythonTools.SpecLang.Probing;

/// <summary>What a step of the search led to.</summary>
public enum ProbeOutcome
{
    /// <summary>Nothing is there.</summary>
    Absent,

    /// <summary>It is there, and it is what the step looks for.</summary>
    Found,

    /// <summary>Something is there that cannot be a spec: a directory, or what the caller may not see. The search goes on.</summary>
    PassedOver,

    /// <summary>A file is there, and there is no spec in it.</summary>
    HoldsNoSpec,

    /// <summary>It ends the search for a common spec.</summary>
    EndsWalk,

    /// <summary>It ends the search with an error.</summary>
    Failed,
}
