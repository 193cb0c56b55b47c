using System.Globalization;
using System.Text;

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
            string message = PlainText.Of(finding.Diagnostic.Message);
            text.Append(CultureInfo.InvariantCulture, $"{finding.Spec.ShownPath}:{finding.Start}: {finding.Diagnostic.SeverityName} {finding.Diagnostic.Id} {message}\n");
        }
        return text.ToString();
    }
}
