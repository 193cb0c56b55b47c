using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>Several specs, as the rules between specs see them.</summary>
/// <param name="Host">What analysis asks of the world.</param>
/// <param name="Specs">The specs, in the order of their paths.</param>
public sealed record WorkspaceAnalysis(AnalysisHost Host, ImmutableArray<SpecAnalysis> Specs);
