namespace VPythonTools.SpecLang.Probing;

/// <summary>For what a spec is sought.</summary>
public sealed record ProbeRequest
{
    /// <summary>What Python is told to run.</summary>
    public required TargetKind Target { get; init; }

    /// <summary>The path of the script or directory as it was given; set when <see cref="Target"/> is <see cref="TargetKind.Script"/>.</summary>
    public string? ScriptPath { get; init; }

    /// <summary>The absolute path of the working directory, as the system tells it: without links.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The value of <c>-vpython-spec</c>; null or empty when it is not given.</summary>
    public string? ExplicitSpec { get; init; }

    /// <summary>The value of <c>VPYTHON_DEFAULT_SPEC</c>; null or empty when it is not set. Looked at only when nothing else is found.</summary>
    public string? DefaultSpec { get; init; }

    /// <summary>Whether every step is recorded; a run does without.</summary>
    public bool RecordsTrace { get; init; }
}
