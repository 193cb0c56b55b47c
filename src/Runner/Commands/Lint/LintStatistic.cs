using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>How often a kind of finding is there.</summary>
/// <param name="Descriptor">The kind.</param>
/// <param name="Count">How often.</param>
/// <param name="FixableCount">How many of them have a safe fix.</param>
internal sealed record LintStatistic(DiagnosticDescriptor Descriptor, int Count, int FixableCount)
{
    /// <summary>The statistics of a report, most often first.</summary>
    public static IEnumerable<LintStatistic> Of(LintReport report) => report.Findings
        .GroupBy(static finding => finding.Diagnostic.Descriptor)
        .Select(static group => new LintStatistic(group.Key, group.Count(), group.Count(static finding => finding.Diagnostic.Fixes.Any(static fix => fix.Safety == FixSafety.Safe))))
        .OrderByDescending(static statistic => statistic.Count)
        .ThenBy(static statistic => statistic.Descriptor.Id, StringComparer.Ordinal);
}
