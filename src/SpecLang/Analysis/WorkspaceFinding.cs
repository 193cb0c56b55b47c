using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A finding between specs, at its place in one of them.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Diagnostic">The finding.</param>
public sealed record WorkspaceFinding(SpecAnalysis Spec, Diagnostic Diagnostic);
