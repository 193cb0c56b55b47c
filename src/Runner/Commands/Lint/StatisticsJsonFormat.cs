namespace VPythonTools.Runner.Commands.Lint;

/// <summary>How often each kind of finding is there, as objects with <c>code</c>, <c>title</c>, <c>count</c> and <c>fixable</c>.</summary>
/// <param name="onOneLineEach">Whether objects stand by themselves and not in an array.</param>
internal sealed class StatisticsJsonFormat(bool onOneLineEach) : ILintFormat
{
    /// <inheritdoc/>
    public string Write(LintReport report)
    {
        string[] objects = [.. LintStatistic.Of(report).Select(Write)];
        if (onOneLineEach) return string.Concat(objects.Select(static one => one + "\n"));
        return objects.Length == 0 ? "[]\n" : $"[\n{string.Join(",\n", objects)}\n]\n";
    }

    private static string Write(LintStatistic statistic) => LintJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", statistic.Descriptor.Id);
        json.WriteString("title", statistic.Descriptor.Title);
        json.WriteNumber("count", statistic.Count);
        json.WriteNumber("fixable", statistic.FixableCount);
        json.WriteEndObject();
    });
}
