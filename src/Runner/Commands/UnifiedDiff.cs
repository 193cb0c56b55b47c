using System.Globalization;
using System.Text;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Commands;

/// <summary>The difference of two texts as <c>diff -u</c> writes it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference, headed by the path of the first text; empty when there is none.</summary>
    public static string Of(SourceText before, SourceText after)
    {
        string[] old = Lines(before);
        string[] now = Lines(after);
        List<(int Old, int New)> common = CommonLines(old, now);
        var result = new StringBuilder();
        result.Append(CultureInfo.InvariantCulture, $"--- {before.Path}\n+++ {before.Path}\n");

        // Each run of changed lines between two common ones, as [oldStart, oldEnd) and [newStart, newEnd).
        var changes = new List<(int OldStart, int OldEnd, int NewStart, int NewEnd)>();
        (int oldAt, int newAt) = (0, 0);
        foreach ((int o, int n) in common.Append((old.Length, now.Length)))
        {
            if (o > oldAt || n > newAt) changes.Add((oldAt, o, newAt, n));
            (oldAt, newAt) = (o + 1, n + 1);
        }
        for (int first = 0; first < changes.Count;)
        {
            int last = first;
            while (last + 1 < changes.Count && changes[last + 1].OldStart - changes[last].OldEnd <= 2 * Context) last++;
            AppendHunk(result, old, now, changes[first..(last + 1)]);
            first = last + 1;
        }
        return result.ToString();
    }

    private static void AppendHunk(StringBuilder result, string[] old, string[] now, List<(int OldStart, int OldEnd, int NewStart, int NewEnd)> changes)
    {
        int before = Math.Min(Context, changes[0].OldStart);
        int after = Math.Min(Context, old.Length - changes[^1].OldEnd);
        int oldStart = changes[0].OldStart - before;
        int newStart = changes[0].NewStart - before;
        int oldCount = changes[^1].OldEnd + after - oldStart;
        int newCount = changes[^1].NewEnd + after - newStart;
        result.Append(CultureInfo.InvariantCulture, $"@@ -{Range(oldStart, oldCount)} +{Range(newStart, newCount)} @@\n");
        int at = oldStart;
        foreach ((int start, int end, int newFirst, int newEnd) in changes)
        {
            for (; at < start; at++) AppendLine(result, ' ', old[at]);
            for (; at < end; at++) AppendLine(result, '-', old[at]);
            for (int i = newFirst; i < newEnd; i++) AppendLine(result, '+', now[i]);
        }
        for (int end = at + after; at < end; at++) AppendLine(result, ' ', old[at]);
    }

    private static string Range(int start, int count) => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private static void AppendLine(StringBuilder result, char sign, string line)
    {
        result.Append(sign).Append(line);
        if (!line.EndsWith('\n')) result.Append("\n\\ No newline at end of file\n");
    }

    private static string[] Lines(SourceText text)
    {
        string[] lines = text.ToString().Split('\n');
        for (int i = 0; i + 1 < lines.Length; i++) lines[i] += "\n";
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <summary>
    /// Pairs of equal lines, ascending in both texts. Equal beginnings and ends are found directly; between them the longest common subsequence is,
    /// which is small where one spec in a script changes.
    /// </summary>
    private static List<(int Old, int New)> CommonLines(string[] old, string[] now)
    {
        int start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        int end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)]) end++;

        int rows = old.Length - start - end;
        int columns = now.Length - start - end;
        var lengths = new int[rows + 1, columns + 1];
        for (int i = rows - 1; i >= 0; i--)
        {
            for (int j = columns - 1; j >= 0; j--)
                lengths[i, j] = old[start + i] == now[start + j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }
        List<(int, int)> common = [.. Enumerable.Range(0, start).Select(static i => (i, i))];
        for (int i = 0, j = 0; i < rows && j < columns;)
        {
            if (old[start + i] == now[start + j]) common.Add((start + i++, start + j++));
            else if (lengths[i + 1, j] >= lengths[i, j + 1]) i++;
            else j++;
        }
        common.AddRange(Enumerable.Range(0, end).Select(i => (old.Length - end + i, now.Length - end + i)));
        return common;
    }
}
