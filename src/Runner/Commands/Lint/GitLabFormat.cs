using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A Code Quality report of GitLab: the part of Code Climate's format that GitLab reads.</summary>
internal sealed class GitLabFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report) => LintJson.Write(
        json =>
        {
            var fingerprints = new FindingFingerprints();
            json.WriteStartArray();
            foreach (Finding finding in report.Findings)
            {
                json.WriteStartObject();
                json.WriteString("description", $"{finding.Diagnostic.Id}: {finding.Diagnostic.Message}");
                json.WriteString("check_name", finding.Diagnostic.Id);
                json.WriteString("fingerprint", fingerprints.Next(finding));
                json.WriteString("severity", finding.Diagnostic.Severity switch
                {
                    DiagnosticSeverity.Error => "major",
                    DiagnosticSeverity.Warning => "minor",
                    _ => "info",
                });
                LinePosition start = finding.Start;
                LinePosition end = finding.End;
                json.WriteStartObject("location");
                json.WriteString("path", finding.Spec.RepositoryPath);
                json.WriteStartObject("lines");
                json.WriteNumber("begin", start.Line + 1);
                json.WriteNumber("end", end.Line + 1);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        },
        isIndented: true) + "\n";
}
