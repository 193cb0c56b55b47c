namespace VPythonTools.Runner.Cipd;

/// <summary>What somebody may have meant: of the names that exist, those closest to one that does not.</summary>
internal static class NearestNames
{
    /// <summary>The closest names, the closest first; only those in which no more than half of the characters differ.</summary>
    public static string[] To(string name, IEnumerable<string> existing, int count = 5) =>
    [
        .. existing
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
            .Where(pair => 2 * pair.Distance <= Math.Max(name.Length, pair.Candidate.Length))
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => pair.Candidate),
    ];

    /// <summary>How many characters have to be inserted, removed or replaced to get from one text to the other (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], row[j + 1]) + 1);
            }
        }
        return row[^1];
    }
}
