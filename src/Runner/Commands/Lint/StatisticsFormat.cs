using System.Globalization;
using System.Text;

namespace VPythonTools.Runner.Commands.Lint;

/// <summary>How often each kind of finding is there, most often first.</summary>
internal sealed class StatisticsFormat : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        var text = new StringBuilder();
        foreach (LintStatistic statistic in LintStatistic.Of(report))
        {
            string fixable = statistic.FixableCount > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({statistic.FixableCount} with a safe fix)") : "";
            text.Append(CultureInfo.InvariantCulture, $"{statistic.Count,6}  {statistic.Descriptor.Id}  {statistic.Descriptor.Title}{fixable}\n");
        }
        return text.ToString();
    }
}
