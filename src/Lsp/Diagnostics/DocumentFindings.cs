using System.Collections.Immutable;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>What is found in a document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Diagnostics">The findings, in order of position.</param>
/// <param name="ResultId">The same for the same findings in the same text, and else another.</param>
internal sealed record DocumentFindings(AnalyzedDocument Document, ImmutableArray<Diagnostic> Diagnostics, string ResultId);
