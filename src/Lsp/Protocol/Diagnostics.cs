using System.Text.Json;
using System.Text.Json.Serialization;

namespace VPythonTools.Lsp.Protocol;

/// <summary>A finding.</summary>
internal sealed record Diagnostic(Range Range, string Message)
{
    public DiagnosticSeverity? Severity { get; init; }

    /// <summary>Its code; what comes back from clients may be a number.</summary>
    public JsonElement? Code { get; init; }

    public CodeDescription? CodeDescription { get; init; }

    public string? Source { get; init; }

    public IReadOnlyList<DiagnosticTag>? Tags { get; init; }

    public IReadOnlyList<DiagnosticRelatedInformation>? RelatedInformation { get; init; }

    public JsonElement? Data { get; init; }
}

/// <summary>How much a finding matters.</summary>
internal enum DiagnosticSeverity
{
    Error = 1,
    Warning = 2,
    Information = 3,
    Hint = 4,
}

/// <summary>How the text of a finding can be shown.</summary>
internal enum DiagnosticTag
{
    Unnecessary = 1,
    Deprecated = 2,
}

/// <summary>Where a code is explained.</summary>
internal sealed record CodeDescription(string Href);

/// <summary>Another place that has to do with a finding.</summary>
internal sealed record DiagnosticRelatedInformation(Location Location, string Message);

/// <summary>The findings of a document, all of them.</summary>
internal sealed record PublishDiagnosticsParams(string Uri, IReadOnlyList<Diagnostic> Diagnostics)
{
    public int? Version { get; init; }
}

/// <summary>Asks for the findings of a document.</summary>
internal sealed record DocumentDiagnosticParams(TextDocumentIdentifier TextDocument)
{
    public string? Identifier { get; init; }

    public string? PreviousResultId { get; init; }
}

/// <summary>The findings of a document: <c>full</c>, or <c>unchanged</c> since the result that is named.</summary>
internal sealed record DocumentDiagnosticReport(string Kind)
{
    public const string Full = "full";
    public const string Unchanged = "unchanged";

    public string? ResultId { get; init; }

    public IReadOnlyList<Diagnostic>? Items { get; init; }
}

/// <summary>Asks for the findings of all documents, open or not.</summary>
internal sealed record WorkspaceDiagnosticParams(IReadOnlyList<PreviousResultId> PreviousResultIds)
{
    public string? Identifier { get; init; }

    public JsonElement? WorkDoneToken { get; init; }

    public JsonElement? PartialResultToken { get; init; }
}

/// <summary>What the client has of a document.</summary>
internal sealed record PreviousResultId(string Uri, string Value);

/// <summary>The findings of documents.</summary>
internal sealed record WorkspaceDiagnosticReport(IReadOnlyList<WorkspaceDocumentDiagnosticReport> Items);

/// <summary>The findings of one document among others.</summary>
internal sealed record WorkspaceDocumentDiagnosticReport(string Uri, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Version, string Kind)
{
    public string? ResultId { get; init; }

    public IReadOnlyList<Diagnostic>? Items { get; init; }
}

/// <summary>What of a finding comes back when it is asked for what mends it. Ours, not the protocol's.</summary>
internal sealed record DiagnosticData(IReadOnlyList<string> Fixes);
