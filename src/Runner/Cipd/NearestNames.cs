using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Cipd;

/// <summary>What somebody may have meant: of the names that exist, those closest to one that does not.</summary>
internal static class NearestNames
{
    /// <summary>The closest names, the closest first; only those in which no more than half of the characters differ.</summary>
    public static string[] To(string name, IEnumerable<string> existing, int count = 5) =>
    [
        .. existing
            .Where(candidate => EditDistance.AreNear(name, candidate))
            .OrderBy(candidate => EditDistance.Between(name, candidate))
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .Take(count),
    ];
}
