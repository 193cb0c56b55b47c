using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>What was found in one of several documents.</summary>
/// <param name="Own">What its own analysis found.</param>
/// <param name="Diagnostics">All findings: its own, those between the documents, and suppressions without effect; in order of position.</param>
public sealed record WorkspaceResult(AnalysisResult Own, ImmutableArray<Diagnostic> Diagnostics);
