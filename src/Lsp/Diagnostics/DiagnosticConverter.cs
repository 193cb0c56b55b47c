using System.Text.Json;
using VPythonTools.Lsp.Protocol;
using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Diagnostics;
using DiagnosticSeverity = VPythonTools.SpecLang.Diagnostics.DiagnosticSeverity;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>Findings as the protocol has them.</summary>
/// <param name="workspace">The documents.</param>
/// <param name="ruleDocumentation">Where the pages of rules are: an address that ends with a slash; null where there are none.</param>
internal sealed class DiagnosticConverter(ServerWorkspace workspace, string? ruleDocumentation)
{
    /// <summary>How many findings of a document are told: nobody reads more, and each costs the client, too. Those that matter most are among them.</summary>
    public const int MostFindings = 1000;

    /// <summary>Who found it.</summary>
    public const string Source = "vpython";

    /// <summary>The findings of a document.</summary>
    public IReadOnlyList<Protocol.Diagnostic> Convert(DocumentFindings findings)
    {
        PositionMapper mapper = workspace.MapperOf(findings.Document.Text);
        WorkspaceSnapshot snapshot = workspace.Current;
        IEnumerable<SpecLang.Diagnostics.Diagnostic> told = findings.Diagnostics.Length <= MostFindings
            ? findings.Diagnostics
            : findings.Diagnostics.OrderBy(static diagnostic => diagnostic.Severity).Take(MostFindings).OrderBy(static diagnostic => diagnostic.Span);
        return [.. told.Select(diagnostic => Convert(diagnostic, mapper, snapshot))];
    }

    /// <summary>One finding.</summary>
    public Protocol.Diagnostic Convert(SpecLang.Diagnostics.Diagnostic diagnostic, PositionMapper mapper, WorkspaceSnapshot snapshot) => new(mapper.ToRange(diagnostic.Span), diagnostic.Message)
    {
        Severity = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => Protocol.DiagnosticSeverity.Error,
            DiagnosticSeverity.Warning => Protocol.DiagnosticSeverity.Warning,
            DiagnosticSeverity.Information => Protocol.DiagnosticSeverity.Information,
            _ => Protocol.DiagnosticSeverity.Hint,
        },
        Code = ProtocolJson.ToElement(diagnostic.Id),
        CodeDescription = ruleDocumentation is { } pages ? new($"{pages}{diagnostic.Id}.md") : null,
        Source = Source,
        Tags = TagsOf(diagnostic.Tags),
        RelatedInformation = diagnostic.Related.IsEmpty ? null : [.. diagnostic.Related.Select(place => Convert(place, snapshot))],
        Data = diagnostic.Fixes.IsEmpty ? null : DataOf(diagnostic),
    };

    private DiagnosticRelatedInformation Convert(RelatedPlace place, WorkspaceSnapshot snapshot)
    {
        string path = place.Text.Path;
        string uri = snapshot.Documents.TryGetValue(path, out AnalyzedDocument? open) ? open.Uri : DocumentUri.FromPath(path);
        return new(new(uri, workspace.MapperOf(place.Text).ToRange(place.Span)), place.Message);
    }

    private static IReadOnlyList<DiagnosticTag>? TagsOf(DiagnosticTags tags) => tags switch
    {
        DiagnosticTags.None => null,
        DiagnosticTags.Unnecessary => [DiagnosticTag.Unnecessary],
        DiagnosticTags.Deprecated => [DiagnosticTag.Deprecated],
        _ => [DiagnosticTag.Unnecessary, DiagnosticTag.Deprecated],
    };

    /// <summary>What a client can tell of fixes without asking for them: <c>{"fixes": ["Remove this wheel"]}</c>.</summary>
    private static JsonElement DataOf(SpecLang.Diagnostics.Diagnostic diagnostic) => ProtocolJson.ToElement(new DiagnosticData([.. diagnostic.Fixes.Select(static fix => fix.Title)]));
}
