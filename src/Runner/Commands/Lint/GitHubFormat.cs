using System.Globalization;
using System.Text;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>Workflow commands of GitHub Actions, which become annotations: <c>::error file=...,line=...::message</c>.</summary>
internal sealed class GitHubFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        var text = new StringBuilder();
        foreach (Finding finding in report.Findings)
        {
            string command = finding.Diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => "error",
                DiagnosticSeverity.Warning => "warning",
                _ => "notice",
            };
            LinePosition start = finding.Start;
            LinePosition end = finding.End;
            text.Append(CultureInfo.InvariantCulture, $"::{command} title={EscapeProperty(finding.Diagnostic.Id)},file={EscapeProperty(finding.Spec.RepositoryPath)},line={start.Line + 1}");
            // Columns are refused where the lines differ.
            if (start.Line == end.Line) text.Append(CultureInfo.InvariantCulture, $",col={start.Column + 1},endLine={end.Line + 1},endColumn={end.Column + 1}");
            else text.Append(CultureInfo.InvariantCulture, $",endLine={end.Line + 1}");
            text.Append(CultureInfo.InvariantCulture, $"::{EscapeData(finding.Diagnostic.Message)}\n");
        }
        return text.ToString();
    }

    /// <summary>Text of a command. The log of a run is also read by people: what is a control character and has no escape there is none any more.</summary>
    private static string EscapeData(string text) => PlainText.Of(text, kept: "\t\r\n")
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) => EscapeData(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
