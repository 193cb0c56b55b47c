using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>The platforms that a spec is meant to work on, each with the Pythons that are offered there. Immutable.</summary>
/// <remarks>
/// The default is what Chrome Operations' published list of wheels (May 2024) has builds for: seven kinds of machines, each with Python 3.8 and 3.11. Their tags
/// are computed for a recent system (glibc 2.39, macOS 15), so that whatever an older one supports is among them.
/// </remarks>
public sealed class PlatformTable
{
    private readonly FrozenDictionary<string, SupportedPlatform> _byName;

    private PlatformTable(IEnumerable<SupportedPlatform> platforms)
    {
        Platforms = [.. platforms];
        Pythons = [.. Platforms.Select(platform => platform.Python).Distinct().Order()];
        _byName = Platforms.ToFrozenDictionary(platform => platform.Name, StringComparer.Ordinal);
    }

    /// <summary>The machines that are known by name, in the order of their names.</summary>
    public static ImmutableArray<PlatformDefinition> Definitions { get; } =
    [
        PlatformDefinition.Linux("linux-arm64", "aarch64"),
        PlatformDefinition.Linux("linux-armv6", "armv6l", is64Bit: false),
        PlatformDefinition.Mac("mac-arm64", "arm64"),
        PlatformDefinition.Mac("mac-x64", "x86_64"),
        PlatformDefinition.Linux("manylinux-x64", "x86_64"),
        PlatformDefinition.Windows("windows-x64", "amd64", "AMD64"),
        PlatformDefinition.Windows("windows-x86", "x86", null), // A 32-bit Python says AMD64 on a 64-bit Windows.
    ];

    /// <summary>What Chrome Operations builds for.</summary>
    public static PlatformTable Default { get; } = Cross(Definitions, [new(3, 8), new(3, 11)]);

    /// <summary>All platforms, by machine and then by Python, oldest first.</summary>
    public ImmutableArray<SupportedPlatform> Platforms { get; }

    /// <summary>The Pythons that are offered on any of them, oldest first.</summary>
    public ImmutableArray<PythonMinor> Pythons { get; }

    /// <summary>The table of these machines with each of these Pythons.</summary>
    public static PlatformTable Cross(IEnumerable<PlatformDefinition> definitions, IReadOnlyCollection<PythonMinor> pythons) =>
        new(definitions.SelectMany(definition => pythons.Order().Select(python => new SupportedPlatform(definition, python))));

    /// <summary>The table that a configuration asks for; what it leaves open is as in the default table.</summary>
    public static bool TryConfigure(PlatformConfiguration configuration, [NotNullWhen(true)] out PlatformTable? table, [NotNullWhen(false)] out string? error)
    {
        table = null;
        error = null;
        var pythons = new List<PythonMinor>();
        foreach (string text in configuration.Pythons ?? [.. Default.Pythons.Select(python => python.ToString())])
        {
            if (!PythonMinor.TryParse(text, out PythonMinor python, out error)) return false;
            pythons.Add(python);
        }
        var platforms = new List<SupportedPlatform>();
        foreach (string name in configuration.Platforms ?? [.. Definitions.Select(definition => definition.Name)])
        {
            if (!TryAdd(name.Trim(), pythons, platforms, out error)) return false;
        }
        if (platforms.Count == 0)
        {
            error = "the configuration names no platform; leave the setting out for all of them";
            return false;
        }
        table = new(platforms.DistinctBy(platform => platform.Name));
        return true;
    }

    /// <summary>A platform by its name, such as <c>manylinux-x64-py3.11</c>; null when it is not in the table.</summary>
    public SupportedPlatform? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The platforms that have a Python.</summary>
    public ImmutableArray<SupportedPlatform> WithPython(PythonMinor python) => [.. Platforms.Where(platform => platform.Python == python)];

    private static bool TryAdd(string name, List<PythonMinor> pythons, List<SupportedPlatform> platforms, [NotNullWhen(false)] out string? error)
    {
        error = null;
        int suffix = name.LastIndexOf("-py", StringComparison.Ordinal);
        string machine = suffix < 0 ? name : name[..suffix];
        if (Definitions.FirstOrDefault(definition => definition.Name == machine) is not { } definition)
        {
            string nearest = Definitions.MinBy(known => EditDistance.Between(known.Name, machine))!.Name;
            error = EditDistance.AreNear(nearest, machine)
                ? $"unknown platform '{name}'; did you mean '{nearest}'?"
                : $"unknown platform '{name}'; known are {string.Join(", ", Definitions.Select(known => known.Name))}";
            return false;
        }
        if (suffix < 0)
        {
            platforms.AddRange(pythons.Order().Select(python => new SupportedPlatform(definition, python)));
            return true;
        }
        if (!PythonMinor.TryParse(name[(suffix + 3)..], out PythonMinor own, out error)) return false;
        platforms.Add(new(definition, own));
        return true;
    }
}
