using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Features.Completion;

/// <summary>The values that parts of tags have on the platforms of a table, each with the machines that have it; made once for a table.</summary>
internal sealed class TagIndex
{
    private static readonly ConditionalWeakTable<PlatformTable, TagIndex> Known = [];

    private TagIndex(PlatformTable table)
    {
        Pythons = Collect(table, static tag => tag.Python);
        Abis = Collect(table, static tag => tag.Abi);
        Platforms = Collect(table, static tag => tag.Platform);
    }

    /// <summary>Values of <c>python</c>.</summary>
    public ImmutableArray<(string Value, string Where)> Pythons { get; }

    /// <summary>Values of <c>abi</c>.</summary>
    public ImmutableArray<(string Value, string Where)> Abis { get; }

    /// <summary>Values of <c>platform</c>.</summary>
    public ImmutableArray<(string Value, string Where)> Platforms { get; }

    /// <summary>The index of a table.</summary>
    public static TagIndex Of(PlatformTable table) => Known.GetValue(table, static table => new(table));

    /// <summary>The values of a part of a tag, by the name of its field.</summary>
    public ImmutableArray<(string Value, string Where)> ValuesOf(string field) => field switch { "python" => Pythons, "abi" => Abis, _ => Platforms };

    /// <summary>Where a part of a tag has a value; empty where no platform has it.</summary>
    public string WhereIs(string field, string value) => ValuesOf(field).FirstOrDefault(known => known.Value == value).Where ?? "";

    /// <summary>The values that packages are named by first, then those that most platforms have.</summary>
    private static ImmutableArray<(string Value, string Where)> Collect(PlatformTable table, Func<Pep425Tag, string> part)
    {
        var found = new Dictionary<string, HashSet<SupportedPlatform>>(StringComparer.Ordinal);
        foreach (SupportedPlatform platform in table.Platforms)
        {
            foreach (Pep425Tag tag in platform.Tags)
            {
                if (!found.TryGetValue(part(tag), out HashSet<SupportedPlatform>? having)) found.Add(part(tag), having = []);
                having.Add(platform);
            }
        }
        HashSet<string> representative = [.. table.Platforms.Select(platform => part(platform.RepresentativeTag))];
        return
        [
            .. found.OrderByDescending(value => representative.Contains(value.Key)).ThenByDescending(static value => value.Value.Count).ThenBy(static value => value.Key, StringComparer.Ordinal)
                .Select(value => (value.Key, value.Value.Count == table.Platforms.Length ? "all platforms" : string.Join(", ", value.Value.Select(Describe).Distinct()))),
        ];

        // A value that says which Python is told by it, others by the machine.
        string Describe(SupportedPlatform platform) => found.Count <= table.Pythons.Length ? platform.Name : platform.Definition.Name;
    }
}
