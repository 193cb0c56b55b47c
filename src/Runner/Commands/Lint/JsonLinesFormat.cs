using System.Text;
using System.Text.Json;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>
/// One object a line: <c>path</c>, <c>line</c>, <c>column</c>, <c>endLine</c>, <c>endColumn</c>, <c>code</c>, <c>severity</c>, <c>message</c>, <c>help</c>,
/// <c>fixes</c>. Lines and columns count from one, columns in characters; the end is behind the last one.
/// </summary>
internal sealed class JsonLinesFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        var text = new StringBuilder();
        foreach (Finding finding in report.Findings) text.Append(Write(finding)).Append('\n');
        return text.ToString();
    }

    /// <summary>The object of a finding.</summary>
    public static string Write(Finding finding) => LintJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("path", finding.Spec.ShownPath);
        WriteSpan(json, finding.Text, finding.Diagnostic.Span);
        json.WriteString("code", finding.Diagnostic.Id);
        json.WriteString("severity", finding.Diagnostic.SeverityName);
        json.WriteString("message", finding.Diagnostic.Message);
        json.WriteString("help", finding.Help);
        json.WriteStartArray("fixes");
        foreach (CodeFix fix in finding.Diagnostic.Fixes) WriteFix(json, finding.Text, fix);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteFix(Utf8JsonWriter json, SourceText text, CodeFix fix)
    {
        json.WriteStartObject();
        json.WriteString("title", fix.Title);
        json.WriteBoolean("safe", fix.Safety == FixSafety.Safe);
        json.WriteStartArray("edits");
        foreach (TextChange change in fix.Changes)
        {
            json.WriteStartObject();
            WriteSpan(json, text, change.Span);
            json.WriteString("replacement", change.NewText);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSpan(Utf8JsonWriter json, SourceText text, TextSpan span)
    {
        LinePosition start = text.GetCharacterPosition(span.Start);
        LinePosition end = text.GetCharacterPosition(span.End);
        json.WriteNumber("line", start.Line + 1);
        json.WriteNumber("column", start.Column + 1);
        json.WriteNumber("endLine", end.Line + 1);
        json.WriteNumber("endColumn", end.Column + 1);
    }
}
