using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.Lsp.Workspace;

/// <summary>All that answers depend on, at one moment: a request is answered by the snapshot of the moment it was read. Immutable.</summary>
/// <param name="Documents">What is open, by path.</param>
/// <param name="Folders">The paths of the directories that the client works in.</param>
/// <param name="Surroundings">Catalogue and settings.</param>
/// <param name="Host">What analysis asks of the world.</param>
internal sealed record WorkspaceSnapshot(
    ImmutableDictionary<string, AnalyzedDocument> Documents,
    ImmutableArray<string> Folders,
    Surroundings Surroundings,
    AnalysisHost Host)
{
    /// <summary>An open document by its address; null when it is not open.</summary>
    public AnalyzedDocument? Find(string uri) => Documents.GetValueOrDefault(DocumentUri.ToPath(uri));
}
