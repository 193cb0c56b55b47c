namespace VPythonTools.SpecLang.Binding;

/// <summary>The name that someone most likely meant.</summary>
internal static class NameSuggestion
{
    /// <summary>The nearest of some names, when it is near enough to be what was meant; else null. Case and underscores do not count.</summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        string plain = Plain(written);
        string? nearest = null;
        int shortest = Math.Max(1, plain.Length / 3) + 1;
        if (plain.Length > 64) return null;
        foreach (string name in names)
        {
            int distance = Distance(plain, Plain(name));
            if (distance >= shortest) continue;
            shortest = distance;
            nearest = name;
        }
        return nearest;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>How many letters must be changed, added, removed or swapped with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int changed = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[left.Length, right.Length];
    }
}
