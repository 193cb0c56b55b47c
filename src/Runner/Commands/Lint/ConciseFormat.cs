using System.Text;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>One line a finding: <c>path:line:column: level CODE message</c>.</summary>
internal sealed class ConciseFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        var text = new StringBuilder();
        foreach (Finding finding in report.Findings)
        {
            string line = $"{finding.Spec.ShownPath}:{finding.Start}: {finding.Diagnostic.SeverityName} {finding.Diagnostic.Id} {finding.Diagnostic.Message}";
            text.Append(PlainText.Of(line)).Append('\n');
        }
        return text.ToString();
    }
}
