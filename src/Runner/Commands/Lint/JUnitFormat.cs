using System.Globalization;
using System.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>A JUnit report: a suite for each spec, a failed case for each finding, and one that passed where there is none. A file that could not be read is an error.</summary>
internal sealed class JUnitFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        int cases = report.Specs.Sum(static spec => Math.Max(1, spec.Diagnostics.Length)) + report.Failures.Length;
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.Append(CultureInfo.InvariantCulture, $"<testsuites name=\"vpython3 lint\" tests=\"{cases}\" failures=\"{report.Count}\" errors=\"{report.Failures.Length}\">\n");
        foreach (LintedSpec spec in report.Specs) AppendSuite(text, spec);
        if (report.Failures.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  <testsuite name=\"vpython3 lint\" tests=\"{report.Failures.Length}\" failures=\"0\" errors=\"{report.Failures.Length}\">\n");
            foreach (Console.Failure failure in report.Failures)
            {
                text.Append(CultureInfo.InvariantCulture, $"    <testcase name=\"{Escape(failure.Code)}\" classname=\"{Escape(failure.Location ?? "vpython3")}\">\n");
                text.Append(CultureInfo.InvariantCulture, $"      <error type=\"{Escape(failure.Code)}\" message=\"{Escape(failure.Message)}\">{Escape(failure.ToString())}</error>\n    </testcase>\n");
            }
            text.Append("  </testsuite>\n");
        }
        return text.Append("</testsuites>\n").ToString();
    }

    private static void AppendSuite(StringBuilder text, LintedSpec spec)
    {
        int count = spec.Diagnostics.Length;
        string path = Escape(spec.ShownPath);
        text.Append(CultureInfo.InvariantCulture, $"  <testsuite name=\"{path}\" tests=\"{Math.Max(1, count)}\" failures=\"{count}\" errors=\"0\">\n");
        if (count == 0) text.Append(CultureInfo.InvariantCulture, $"    <testcase name=\"lint\" classname=\"{path}\"/>\n");
        foreach (SpecLang.Diagnostics.Diagnostic diagnostic in spec.Diagnostics)
        {
            var finding = new Finding(spec, diagnostic);
            string place = $"{spec.ShownPath}:{finding.Start}: {diagnostic.SeverityName} {diagnostic.Id} {diagnostic.Message}";
            text.Append(CultureInfo.InvariantCulture, $"    <testcase name=\"{diagnostic.Id} at {finding.Start}\" classname=\"{path}\">\n");
            text.Append(CultureInfo.InvariantCulture, $"      <failure type=\"{diagnostic.Id}\" message=\"{Escape(diagnostic.Message)}\">{Escape(place)}</failure>\n    </testcase>\n");
        }
        text.Append("  </testsuite>\n");
    }

    /// <summary>Text for XML, which has no place for most control characters and for halves of pairs.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '"':
                    escaped.Append("&quot;");
                    break;
                case '\n' or '\r' or '\t':
                    escaped.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
                    break;
                case < 0x20 or 0xFFFE or 0xFFFF:
                    escaped.Append('\uFFFD');
                    break;
                default:
                    escaped.Append(rune);
                    break;
            }
        }
        return escaped.ToString();
    }
}
