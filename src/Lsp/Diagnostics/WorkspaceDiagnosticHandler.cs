using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>Answers <c>workspace/diagnostic</c>: all specs of the workspace, open or not; in parts where the client can take them.</summary>
/// <param name="workspace">The documents.</param>
/// <param name="engine">Finds what is wrong.</param>
/// <param name="converter">Makes the protocol's findings.</param>
/// <param name="client">Who asks.</param>
internal sealed class WorkspaceDiagnosticHandler(ServerWorkspace workspace, DiagnosticEngine engine, DiagnosticConverter converter, LanguageClient client)
{
    private const int ReportsAtOnce = 128;

    /// <summary>The findings of each document, or that they are those that the client has.</summary>
    public Task<WorkspaceDiagnosticReport> AnswerAsync(WorkspaceDiagnosticParams request, CancellationToken cancellation)
    {
        WorkspaceSnapshot snapshot = workspace.Current;
        return Task.Run(() => AnswerAsync(request, snapshot, cancellation), cancellation);
    }

    private async Task<WorkspaceDiagnosticReport> AnswerAsync(WorkspaceDiagnosticParams request, WorkspaceSnapshot snapshot, CancellationToken cancellation)
    {
        var progress = new WorkProgress(client, request.WorkDoneToken);
        await progress.BeginAsync("Looking at specs").ConfigureAwait(false);
        try
        {
            var known = new Dictionary<string, string>();
            foreach (PreviousResultId previous in request.PreviousResultIds) known[DocumentUri.ToPath(previous.Uri)] = previous.Value;
            var reports = new List<WorkspaceDocumentDiagnosticReport>();
            foreach (DocumentFindings findings in engine.OfAll(snapshot, cancellation).Findings)
            {
                cancellation.ThrowIfCancellationRequested();
                reports.Add(Report(findings, known));
                if (request.PartialResultToken is not { } token || reports.Count < ReportsAtOnce) continue;
                await client.ProgressAsync(token, new WorkspaceDiagnosticReport(reports)).ConfigureAwait(false);
                reports = [];
            }
            // What the client has of files that are gone.
            reports.AddRange(known.Keys.Where(Path.IsPathFullyQualified).Select(static path => new WorkspaceDocumentDiagnosticReport(DocumentUri.FromPath(path), null, DocumentDiagnosticReport.Full) { Items = [] }));
            if (request.PartialResultToken is not { } last) return new(reports);
            await client.ProgressAsync(last, new WorkspaceDiagnosticReport(reports)).ConfigureAwait(false);
            return new([]);
        }
        finally
        {
            await progress.EndAsync(null).ConfigureAwait(false);
        }
    }

    private WorkspaceDocumentDiagnosticReport Report(DocumentFindings findings, Dictionary<string, string> known)
    {
        int? version = findings.Document.Open?.Version;
        return known.Remove(findings.Document.Text.Path, out string? previous) && previous == findings.ResultId
            ? new(findings.Document.Uri, version, DocumentDiagnosticReport.Unchanged) { ResultId = findings.ResultId }
            : new(findings.Document.Uri, version, DocumentDiagnosticReport.Full) { ResultId = findings.ResultId, Items = converter.Convert(findings) };
    }
}
