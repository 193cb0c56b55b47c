namespace VPythonTools.Runner.Interpreters;

/// <summary>A file that was considered, and what became of it.</summary>
/// <param name="Path">The candidate as it was found.</param>
/// <param name="Version">Its version; null when it gave none.</param>
/// <param name="Refusal">Why it was not chosen, as a clause behind its path; null for the one that was.</param>
public sealed record InterpreterCandidate(string Path, string? Version, string? Refusal)
{
    /// <inheritdoc/>
    public override string ToString() => (Path, Version, Refusal) switch
    {
        (_, null, not null) => $"{Path} {Refusal}",
        (_, not null, not null) => $"{Path} (Python {Version}) {Refusal}",
        _ => $"{Path} (Python {Version})",
    };
}
