namespace VPythonTools.SpecLang.Probing;

/// <summary>Why a search ended with an error instead of a spec or none.</summary>
/// <param name="Kind">What kind of failure.</param>
/// <param name="Path">The path that failed.</param>
/// <param name="Message">What failed and why, one sentence that names the path.</param>
public sealed record ProbeFailure(ProbeFailureKind Kind, string Path, string Message);
