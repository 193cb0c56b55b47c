namespace VPythonTools.Runner.Commands.Lint;

/// <summary>An array of the objects of <see cref="JsonLinesFormat"/>.</summary>
internal sealed class JsonFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report) =>
        report.Count == 0 ? "[]\n" : $"[\n{string.Join(",\n", report.Findings.Select(JsonLinesFormat.Write))}\n]\n";
}
