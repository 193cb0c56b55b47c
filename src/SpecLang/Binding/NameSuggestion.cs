using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Binding;

/// <summary>The name that someone most likely meant.</summary>
public static class NameSuggestion
{
    /// <summary>The nearest of some names, when it is near enough to be what was meant; else null. Case and underscores do not count.</summary>
    public static string? Nearest(string written, IEnumerable<string> names)
    {
        if (written.Length > EditDistance.MaximumLength) return null;
        string plain = Plain(written);
        string? nearest = null;
        int shortest = Math.Max(1, plain.Length / 3) + 1;
        foreach (string name in names)
        {
            // Where the lengths differ by that much, as many letters do.
            if (Math.Abs(name.Length - written.Length) >= shortest + Underscores(name) + Underscores(written)) continue;
            int distance = EditDistance.Between(plain, Plain(name));
            if (distance >= shortest) continue;
            shortest = distance;
            nearest = name;
        }
        return nearest;
    }

    private static int Underscores(string name) => name.AsSpan().Count('_');

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
