using System.Text;

namespace VPythonTools.Fuzz.Laws;

/// <summary>The deployed tool's rules for finding a spec in a script, step by step and without any thought for speed: the oracle for our finder.</summary>
internal static class RegionModel
{
    public enum Outcome
    {
        NoSpec,
        Unterminated,
        Spec,
    }

    public static (Outcome Outcome, string Content) Read(string text)
    {
        List<string> lines = [.. text.Split('\n')];
        if (lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        lines = [.. lines.Select(static line => Trim(line))];

        int begin = lines.FindIndex(static line => line.EndsWith("[VPYTHON:BEGIN]", StringComparison.Ordinal));
        if (begin < 0) return (Outcome.NoSpec, "");
        int end = lines.FindIndex(begin + 1, static line => line.EndsWith("[VPYTHON:END]", StringComparison.Ordinal));
        List<string> content = lines[(begin + 1)..(end < 0 ? lines.Count : end)];
        if (content.Count == 0) return (Outcome.NoSpec, "");
        if (end < 0) return (Outcome.Unterminated, "");

        string prefix = lines[begin][..^"[VPYTHON:BEGIN]".Length];
        string endPrefix = lines[end][..^"[VPYTHON:END]".Length];
        if (prefix == endPrefix) content = [.. content.Select(line => Strip(line, prefix))];
        return (Outcome.Spec, string.Join('\n', content));
    }

    private static string Strip(string line, string prefix)
    {
        if (Encoding.UTF8.GetByteCount(line) < Encoding.UTF8.GetByteCount(prefix)) return prefix.StartsWith(line, StringComparison.Ordinal) ? "" : line;
        return line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
    }

    private static string Trim(string line)
    {
        int start = 0;
        int end = line.Length;
        while (start < end && char.IsWhiteSpace(line[start])) start++;
        while (end > start && char.IsWhiteSpace(line[end - 1])) end--;
        return line[start..end];
    }
}
