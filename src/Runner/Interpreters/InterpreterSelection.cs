using System.Collections.Immutable;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Interpreters;

/// <summary>The interpreter that was chosen, and what the choice rests on.</summary>
/// <param name="Facts">What the interpreter said of itself.</param>
/// <param name="Executable">The fingerprint of its executable.</param>
/// <param name="Candidates">All that were considered, in order; the chosen one is the one without a refusal.</param>
/// <param name="Watched">What the search rests on: while all of it is unchanged, the same search ends in the same choice.</param>
/// <param name="IsRepeatable">Whether that holds: a shim may answer something else tomorrow, in another directory, or for no visible reason.</param>
public sealed record InterpreterSelection(
    InterpreterFacts Facts,
    FileFingerprint Executable,
    ImmutableArray<InterpreterCandidate> Candidates,
    ImmutableArray<WatchedPath> Watched,
    bool IsRepeatable);
