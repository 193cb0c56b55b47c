using System.Globalization;
using System.Text;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>For people: each finding with the line that it is in, and a summary.</summary>
/// <param name="isColoured">Whether there are colours.</param>
internal sealed class TextFormat(bool isColoured) : ILintFormat
{
    /// <summary>The most characters of a line that are shown, and how many of them stand before the finding.</summary>
    private const int WidestExcerpt = 160;
    private const int MostBefore = 80;

    private const string Bold = "\u001B[1m";
    private const string Dim = "\u001B[2m";
    private const string Red = "\u001B[1;31m";
    private const string Yellow = "\u001B[1;33m";
    private const string Blue = "\u001B[1;34m";
    private const string Cyan = "\u001B[36m";
    private const string Reset = "\u001B[0m";

    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        var text = new StringBuilder();
        foreach (Finding finding in report.Findings) AppendFinding(text, finding);
        AppendSummary(text, report);
        return text.ToString();
    }

    private void AppendFinding(StringBuilder text, Finding finding)
    {
        Diagnostic diagnostic = finding.Diagnostic;
        string severity = Coloured(ColourOf(diagnostic.Severity), $"{diagnostic.SeverityName} {diagnostic.Id}");
        text.Append(CultureInfo.InvariantCulture, $"{Coloured(Bold, $"{PlainText.Of(finding.Spec.ShownPath)}:{finding.Start}:")} {severity} {PlainText.Of(diagnostic.Message)}\n");
        AppendExcerpt(text, finding);
        if (diagnostic.Fixes.FirstOrDefault() is { } fix)
        {
            string how = fix.Safety == FixSafety.Safe ? "--fix" : "--fix --unsafe-fixes";
            text.Append(CultureInfo.InvariantCulture, $"  {Coloured(Cyan, "fix:")} {PlainText.Of(fix.Title)} ({how})\n");
        }
        text.Append('\n');
    }

    private void AppendExcerpt(StringBuilder text, Finding finding)
    {
        SourceText source = finding.Text;
        TextSpan span = finding.Diagnostic.Span;
        int line = source.GetLine(span.Start);
        TextSpan lineSpan = source.GetLineSpan(line);
        // In the break of a line, the finding is at its end.
        int start = Math.Min(span.Start, lineSpan.End);
        int end = Math.Clamp(span.End, start, lineSpan.End);
        string before = source.ToString(TextSpan.FromBounds(lineSpan.Start, start)).TrimStart('\uFEFF');
        string marked = source.ToString(TextSpan.FromBounds(start, end)).TrimStart('\uFEFF');
        string behind = source.ToString(TextSpan.FromBounds(end, lineSpan.End));
        if (before.Length > MostBefore) before = "..." + before[^MostBefore..];
        if (marked.Length > WidestExcerpt) marked = marked[..WidestExcerpt];
        int room = Math.Max(0, WidestExcerpt - before.Length - marked.Length);
        if (behind.Length > room) behind = behind[..room] + "...";

        string number = string.Create(CultureInfo.InvariantCulture, $"{line + 1}");
        string margin = new(' ', number.Length);
        string blanks = string.Concat(before.EnumerateRunes().Select(static rune => rune.Value == '\t' ? "\t" : " "));
        string carets = new('^', Math.Max(1, marked.EnumerateRunes().Count()));
        text.Append(CultureInfo.InvariantCulture, $"  {Coloured(Dim, $"{number} |")} {PlainText.Of(before + marked + behind, kept: "\t")}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {Coloured(Dim, $"{margin} |")} {blanks}{Coloured(ColourOf(finding.Diagnostic.Severity), carets)}\n");
    }

    private static void AppendSummary(StringBuilder text, LintReport report)
    {
        if (report.FixCount > 0) text.Append(CultureInfo.InvariantCulture, $"{Plural(report.FixCount, "finding")} mended.\n");
        if (report.Count == 0) return;
        string[] severities =
        [
            .. Enum.GetValues<DiagnosticSeverity>()
                .Select(severity => (Name: Diagnostic.NameOf(severity), Count: report.CountOf(severity)))
                .Where(static severity => severity.Count > 0)
                .Select(static severity => severity.Name is "info" ? $"{severity.Count} info" : Plural(severity.Count, severity.Name)),
        ];
        int files = report.Specs.Count(static spec => spec.Diagnostics.Length > 0);
        text.Append(CultureInfo.InvariantCulture, $"{Plural(report.Count, "finding")} in {files} of {Plural(report.Specs.Length, "spec")}: {string.Join(", ", severities)}.");
        int safe = report.Findings.Count(static finding => finding.Diagnostic.Fixes.Any(static fix => fix.Safety == FixSafety.Safe));
        int @unsafe = report.Findings.Count(static finding => finding.Diagnostic.Fixes.Length > 0) - safe;
        if (safe > 0) text.Append(CultureInfo.InvariantCulture, $" --fix mends {safe}.");
        if (@unsafe > 0) text.Append(CultureInfo.InvariantCulture, $" --unsafe-fixes mends {@unsafe}{(safe > 0 ? " more" : "")}.");
        text.Append('\n');
    }

    private static string Plural(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private string Coloured(string colour, string text) => isColoured ? colour + text + Reset : text;

    private static string ColourOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => Red,
        DiagnosticSeverity.Warning => Yellow,
        DiagnosticSeverity.Information => Blue,
        _ => Cyan,
    };
}
