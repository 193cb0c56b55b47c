using System.Collections.Concurrent;

namespace VPythonTools.CipdServer;

/// <summary>
/// Who may read below which prefix. Without any rule everybody reads everything; with one, only what rules allow. A rule holds for its prefix and all below it.
/// </summary>
public sealed class AccessRules
{
    /// <summary>Stands for every caller, with or without credentials.</summary>
    public const string Everybody = "*";

    private readonly ConcurrentQueue<(string Prefix, string Who)> _readers = new();

    /// <summary>Lets a caller read below a prefix.</summary>
    /// <param name="prefix">The prefix, without a slash at its end; the empty text is the root.</param>
    /// <param name="who">An identity, or <see cref="Everybody"/>.</param>
    public void AllowReading(string prefix, string who) => _readers.Enqueue((prefix, who));

    /// <summary>Whether a caller may read a package or prefix.</summary>
    public bool CanRead(string name, string identity) =>
        _readers.IsEmpty || _readers.Any(rule => (rule.Who == Everybody || rule.Who == identity) && Covers(rule.Prefix, name));

    private static bool Covers(string prefix, string name) =>
        prefix.Length == 0 || name == prefix || (name.StartsWith(prefix, StringComparison.Ordinal) && name[prefix.Length] == '/');
}
