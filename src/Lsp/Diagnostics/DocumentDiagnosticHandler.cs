using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>Answers <c>textDocument/diagnostic</c>, for documents that are open.</summary>
/// <param name="workspace">The documents.</param>
/// <param name="engine">Finds what is wrong.</param>
/// <param name="converter">Makes the protocol's findings.</param>
/// <param name="client">Who asks.</param>
internal sealed class DocumentDiagnosticHandler(ServerWorkspace workspace, DiagnosticEngine engine, DiagnosticConverter converter, LanguageClient client)
{
    /// <summary>The findings, or that they are those that the client has.</summary>
    public Task<DocumentDiagnosticReport> AnswerAsync(DocumentDiagnosticParams request, CancellationToken cancellation)
    {
        WorkspaceSnapshot snapshot = workspace.Current;
        if (snapshot.Find(request.TextDocument.Uri) is not { } document) return Task.FromResult(new DocumentDiagnosticReport(DocumentDiagnosticReport.Full) { Items = [] });
        return Task.Run(
            () =>
            {
                // A client that cannot be told to ask again would never hear what is found between documents.
                if (!client.Profile.RefreshesDiagnostics) engine.OfAll(snapshot, cancellation);
                DocumentFindings findings = engine.Of(document, cancellation);
                return findings.ResultId == request.PreviousResultId
                    ? new DocumentDiagnosticReport(DocumentDiagnosticReport.Unchanged) { ResultId = findings.ResultId }
                    : new(DocumentDiagnosticReport.Full) { ResultId = findings.ResultId, Items = converter.Convert(findings) };
            },
            cancellation);
    }
}
