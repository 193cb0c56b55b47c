using System.Collections.Immutable;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Probing;

/// <summary>Which spec belongs to a target, and how it was found. That the spec is found does not mean that it is right: its reader says so.</summary>
public sealed record ProbeResult
{
    /// <summary>By which rule; <see cref="SpecOrigin.None"/> also when the search failed.</summary>
    public SpecOrigin Origin { get; init; }

    /// <summary>The path of the file that holds the spec; null when there is none.</summary>
    public string? Path { get; init; }

    /// <summary>The file with the place of the spec in it; null when there is none.</summary>
    public SpecDocument? Document { get; init; }

    /// <summary>The text of the file; null when there is none.</summary>
    public SourceText? Text => Document?.Text;

    /// <summary>Why the search failed; null when it did not.</summary>
    public ProbeFailure? Failure { get; init; }

    /// <summary>Every path that was looked at, in order; empty unless the request asks for it.</summary>
    public ImmutableArray<ProbeStep> Trace { get; init; } = [];
}
