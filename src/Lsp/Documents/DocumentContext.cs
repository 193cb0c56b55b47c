using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.Lsp.Documents;

/// <summary>What a request about a document is answered by: the document as it was when the request was read, and everything else at that moment.</summary>
/// <param name="Document">The document.</param>
/// <param name="Snapshot">Everything else.</param>
/// <param name="Mapper">The document's positions.</param>
/// <param name="Cancellation">Whether the client still wants the answer.</param>
internal readonly record struct DocumentContext(AnalyzedDocument Document, WorkspaceSnapshot Snapshot, PositionMapper Mapper, CancellationToken Cancellation)
{
    /// <summary>The document as features see it.</summary>
    public SpecAnalysis Spec => Document.Spec;
}
