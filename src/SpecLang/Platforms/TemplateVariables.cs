using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Platforms;

/// <summary>The values of the variables in package templates, for one platform. Immutable.</summary>
public sealed class TemplateVariables
{
    private const string VPythonPlatform = "vpython_platform";
    private const string Platform = "platform";
    private const string Os = "os";
    private const string Arch = "arch";
    private const string PyPython = "py_python";
    private const string PyAbi = "py_abi";
    private const string PyPlatform = "py_platform";
    private const string PyTag = "py_tag";

    private readonly FrozenDictionary<string, string> _values;
    private readonly string _reasonForMissing;

    private TemplateVariables(Dictionary<string, string> values, string reasonForMissing)
    {
        _values = values.ToFrozenDictionary(StringComparer.Ordinal);
        _reasonForMissing = reasonForMissing;
    }

    /// <summary>The names of all variables that exist, the most used first; not every platform gives every one a value.</summary>
    public static ImmutableArray<string> Names { get; } = [VPythonPlatform, Platform, Os, Arch, PyPython, PyAbi, PyPlatform, PyTag];

    /// <summary>
    /// The values for a representative tag: <c>os</c>, <c>arch</c> and <c>platform</c> are those of the tag, not of the machine, as a 32-bit Python may run
    /// on a 64-bit one. When CIPD has no name for the tag's platform, these three and <c>vpython_platform</c> have no value; the deployed tool refuses
    /// to run at all then, even with a spec that has no template.
    /// </summary>
    public static TemplateVariables FromTag(Pep425Tag tag)
    {
        CipdPlatform? platform = CipdPlatform.FromPlatformTag(tag.Platform);
        var values = new Dictionary<string, string>
        {
            [PyPython] = tag.Python,
            [PyAbi] = tag.Abi,
            [PyPlatform] = tag.Platform,
            [PyTag] = tag.ToString(),
        };
        if (platform is { } known)
        {
            AddPlatform(values, known);
            values.Add(VPythonPlatform, $"{known}_{tag.Python}_{tag.Abi}");
        }
        return new(values, $"CIPD has no name for the platform '{tag.Platform}' of {tag}");
    }

    /// <summary>The values where only the platform is known and no Python: <c>os</c>, <c>arch</c> and <c>platform</c>.</summary>
    public static TemplateVariables FromPlatform(CipdPlatform platform)
    {
        var values = new Dictionary<string, string>();
        AddPlatform(values, platform);
        return new(values, "no Python is known");
    }

    /// <summary>The values for a host: those of its representative tag, or of the platform alone when it has no tags.</summary>
    public static TemplateVariables FromHost(IReadOnlyList<Pep425Tag> hostTags, CipdPlatform platform) =>
        RepresentativeTag.Choose(hostTags) is { } tag ? FromTag(tag) : FromPlatform(platform);

    /// <summary>The known variable that is spelt most like <paramref name="name"/>; null when none is near.</summary>
    public static string? FindNearest(string name)
    {
        string nearest = Names.MinBy(known => EditDistance.Between(name, known))!;
        return EditDistance.AreNear(name, nearest) ? nearest : null;
    }

    /// <summary>The value of a variable; false when the variable does not exist or has no value on this platform.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value) => _values.TryGetValue(name, out value);

    /// <summary>Why a variable that exists has no value here.</summary>
    public string WhyMissing(string name) => _values.ContainsKey(name) ? "" : _reasonForMissing;

    private static void AddPlatform(Dictionary<string, string> values, CipdPlatform platform)
    {
        values.Add(Os, platform.Os);
        values.Add(Arch, platform.Arch);
        values.Add(Platform, platform.ToString());
    }
}
