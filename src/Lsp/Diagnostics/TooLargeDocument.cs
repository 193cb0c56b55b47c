using VPythonTools.Lsp.Workspace;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Lsp.Diagnostics;

/// <summary>What the server says of a document that it does not look at.</summary>
internal static class TooLargeDocument
{
    private static readonly DiagnosticDescriptor Kind = new(
        "VPY4104",
        "The document is too long for an editor",
        "This document is not checked while it is edited: it has {0} bytes, and at most {1} are; 'vpython3 lint' checks it.",
        DiagnosticCategory.Configuration,
        DiagnosticSeverity.Information);

    /// <summary>The finding, at the beginning.</summary>
    public static Diagnostic Report(SourceText text) => Diagnostic.Create(Kind, default, text.Length, OpenDocument.LargestAnalyzed);
}
