using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>Something that can be done with a spec. What it changes is computed when it is asked for.</summary>
/// <param name="Title">What it does, as a command.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Key">What <see cref="SpecActions.Resolve"/> is asked with.</param>
public sealed record SpecAction(string Title, SpecActionKind Kind, string Key)
{
    /// <summary>The finding that it mends or suppresses; null when it does neither.</summary>
    public Diagnostic? Diagnostic { get; init; }

    /// <summary>Whether it is the one to take of those for its finding: the best fix, and safe.</summary>
    public bool IsPreferred { get; init; }

    /// <summary>Why it cannot be done here; null when it can.</summary>
    public string? Refusal { get; init; }
}
