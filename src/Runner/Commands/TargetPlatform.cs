using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.Runner.Commands;

/// <summary>A platform that a spec is held against without being on it: one tag, or a kind of machine with a Python.</summary>
/// <param name="Name">How it is named: <c>cp311-cp311-manylinux1_x86_64</c>, or <c>manylinux-x64-py3.11</c>.</param>
/// <param name="Tags">The tags that it supports, best first.</param>
/// <param name="Variables">The values of template variables.</param>
internal sealed record TargetPlatform(string Name, ImmutableArray<Pep425Tag> Tags, TemplateVariables Variables)
{
    private static readonly ImmutableArray<(string Name, HostFacts Host)> Machines =
    [
        ("linux-arm64", Linux("aarch64")),
        ("linux-armv6", Linux("armv6l") with { Is64Bit = false }),
        ("mac-arm64", Mac("arm64")),
        ("mac-x64", Mac("x86_64")),
        ("manylinux-x64", Linux("x86_64")),
        ("windows-x64", Windows("amd64")),
        ("windows-x86", Windows("x86") with { Is64Bit = false }),
    ];

    private static readonly ImmutableArray<int> Minors = [8, 11];

    /// <summary>The Python that it has; null for a tag.</summary>
    public (int Major, int Minor)? Python { get; private init; }

    /// <summary>The platforms that Chrome Operations builds wheels for.</summary>
    public static ImmutableArray<TargetPlatform> All { get; } = [.. Machines.SelectMany(machine => Minors.Select(minor => OfMachine(machine.Name, machine.Host, minor)))];

    /// <summary>The CIPD platform that packages for it are named by; null where it has none.</summary>
    public CipdPlatform? CipdPlatform =>
        Variables.TryGetValue("platform", out string? text) && SpecLang.Platforms.CipdPlatform.TryParse(text, out CipdPlatform platform, out _) ? platform : null;

    /// <summary>The platforms that a spec is meant for: those of its <c>verify_pep425_tag</c>, or else all that have its Python.</summary>
    public static ImmutableArray<TargetPlatform> Of(Spec spec)
    {
        if (spec.VerifyPep425Tag.Count > 0) return [.. spec.VerifyPep425Tag.Select(tag => OfTag(new(tag.Python, tag.Abi, tag.Platform))).DistinctBy(platform => platform.Name)];
        if (!PythonVersionRequest.TryParse(spec.PythonVersion.Length > 0 ? spec.PythonVersion : "3", out PythonVersionRequest request, out _)) return All;
        ImmutableArray<TargetPlatform> offered = [.. All.Where(platform => platform.Python!.Value.Major == request.Major && (request.Minor is null || platform.Python!.Value.Minor == request.Minor))];
        if (!offered.IsEmpty || request.Minor is not { } minor) return offered;
        return [.. Machines.Select(machine => OfMachine(machine.Name, machine.Host, minor))];
    }

    /// <summary>The platforms of a name: a tag, a machine with its Python, or a machine with all of them; false when there is none.</summary>
    public static bool TryParse(string name, out ImmutableArray<TargetPlatform> platforms, [NotNullWhen(false)] out string? error)
    {
        error = null;
        platforms = [.. All.Where(platform => platform.Name == name || platform.Name.StartsWith(name + "-py", StringComparison.Ordinal))];
        if (!platforms.IsEmpty) return true;
        if (Pep425Tag.TryParse(name, out Pep425Tag tag, out _))
        {
            platforms = [OfTag(tag)];
            return true;
        }
        error = $"'{name}' is neither a tag (python-abi-platform) nor one of {string.Join(", ", Machines.Select(machine => machine.Name))}, each also with -py{string.Join(" or -py", Minors.Select(minor => $"3.{minor}"))}";
        return false;
    }

    private static TargetPlatform OfTag(Pep425Tag tag) => new(tag.ToString(), [tag], TemplateVariables.FromTag(tag));

    private static TargetPlatform OfMachine(string name, HostFacts host, int minor)
    {
        ImmutableArray<Pep425Tag> tags = SupportedTags.Generate(host with { Minor = minor });
        return new($"{name}-py3.{minor}", tags, TemplateVariables.FromHost(tags, SpecLang.Platforms.CipdPlatform.Current)) { Python = (3, minor) };
    }

    private static HostFacts Linux(string machine) =>
        new() { Implementation = "cpython", Major = 3, Minor = 0, Platform = "linux", Machine = machine, LibC = "glibc", LibCVersion = (2, 39) };

    private static HostFacts Mac(string machine) => new() { Implementation = "cpython", Major = 3, Minor = 0, Platform = "darwin", Machine = machine, MacOSVersion = (15, 0) };

    private static HostFacts Windows(string machine) => new() { Implementation = "cpython", Major = 3, Minor = 0, Platform = "win32", Machine = machine };
}
