using VPythonTools.SpecLang.Text;

namespace VPythonTools.Runner.Cipd;

/// <summary>What somebody may have meant: of the names that exist, those closest to one that does not.</summary>
internal static class NearestNames
{
    /// <summary>The closest names, the closest first; only those in which no more than half of the characters differ, behind the directories that they share: <c>infra/a</c> and <c>infra/b</c> are not alike.</summary>
    public static string[] To(string name, IEnumerable<string> existing, int count = 5) =>
    [
        .. existing
            .Where(candidate => SharedDirectories(name, candidate) is var shared && EditDistance.AreNear(name[shared..], candidate[shared..]))
            .OrderBy(candidate => EditDistance.Between(name, candidate))
            .ThenBy(candidate => candidate, StringComparer.Ordinal)
            .Take(count),
    ];

    private static int SharedDirectories(string name, string other)
    {
        int shared = name.AsSpan().CommonPrefixLength(other);
        return shared == 0 ? 0 : name.LastIndexOf('/', shared - 1) + 1;
    }
}
