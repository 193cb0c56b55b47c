namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>Whether there is an environment for a spec on this machine, as far as whoever asks knows.</summary>
public enum EnvironmentState
{
    /// <summary>Nobody has looked, or it cannot be said.</summary>
    Unknown,

    /// <summary>There is none yet; the first run makes it.</summary>
    NotBuilt,

    /// <summary>It is there.</summary>
    Ready,
}
