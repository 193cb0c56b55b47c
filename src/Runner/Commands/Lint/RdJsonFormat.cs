using System.Text.Json;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A <c>DiagnosticResult</c> of reviewdog, as <c>rdjson</c>. Lines count from one, columns from one and in bytes.</summary>
internal sealed class RdJsonFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report) => LintJson.Write(
        json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("source");
            json.WriteString("name", "vpython3 lint");
            json.WriteEndObject();
            json.WriteStartArray("diagnostics");
            foreach (Finding finding in report.Findings) WriteDiagnostic(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        },
        isIndented: true) + "\n";

    private static void WriteDiagnostic(Utf8JsonWriter json, Finding finding)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        json.WriteStartObject();
        json.WriteString("message", diagnostic.Message);
        json.WriteStartObject("location");
        json.WriteString("path", finding.Spec.ShownPath);
        WriteRange(json, finding.Text, diagnostic.Span);
        json.WriteEndObject();
        json.WriteString("severity", diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => "ERROR",
            DiagnosticSeverity.Warning => "WARNING",
            _ => "INFO",
        });
        json.WriteStartObject("code");
        json.WriteString("value", diagnostic.Id);
        json.WriteEndObject();
        // reviewdog shows each suggestion as one to be taken; the changes of one fix belong together, and only a fix of one change can be said.
        CodeFix[] fixes = [.. diagnostic.Fixes.Where(static fix => fix.Changes.Length == 1)];
        if (fixes.Length > 0)
        {
            json.WriteStartArray("suggestions");
            foreach (CodeFix fix in fixes)
            {
                json.WriteStartObject();
                WriteRange(json, finding.Text, fix.Changes[0].Span);
                json.WriteString("text", fix.Changes[0].NewText);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter json, SourceText text, TextSpan span)
    {
        json.WriteStartObject("range");
        WritePosition(json, "start", text.GetLinePosition(span.Start));
        WritePosition(json, "end", text.GetLinePosition(span.End));
        json.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter json, string name, LinePosition position)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", position.Line + 1);
        json.WriteNumber("column", position.Column + 1);
        json.WriteEndObject();
    }
}
