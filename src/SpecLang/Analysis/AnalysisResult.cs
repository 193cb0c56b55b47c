using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>What was found in a document.</summary>
/// <param name="Spec">The document as rules saw it.</param>
/// <param name="Diagnostics">Everything found, with the severities that are configured, in order of position; without what is turned off or suppressed.</param>
/// <param name="Suppressions">The comments that suppress findings.</param>
public sealed record AnalysisResult(SpecAnalysis Spec, ImmutableArray<Diagnostic> Diagnostics, SuppressionList Suppressions);
