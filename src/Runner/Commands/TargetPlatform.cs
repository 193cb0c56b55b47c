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
    /// <summary>The CIPD platform that packages for it are named by; null where it has none.</summary>
    public CipdPlatform? CipdPlatform =>
        Variables.TryGetValue("platform", out string? text) && SpecLang.Platforms.CipdPlatform.TryParse(text, out CipdPlatform platform, out _) ? platform : null;

    /// <summary>
    /// The platforms that a spec is meant for: those of its <c>verify_pep425_tag</c>, or else all machines that wheels are built for, with the Pythons among those offered that
    /// it asks for, or with the one that it asks for where that is none of them.
    /// </summary>
    public static ImmutableArray<TargetPlatform> Of(Spec spec)
    {
        if (spec.VerifyPep425Tag.Count > 0) return [.. spec.VerifyPep425Tag.Select(tag => OfTag(new(tag.Python, tag.Abi, tag.Platform))).DistinctBy(platform => platform.Name)];
        PlatformTable table = PlatformTable.Default;
        if (!PythonVersionRequest.TryParse(spec.PythonVersion.Length > 0 ? spec.PythonVersion : "3", out PythonVersionRequest request, out _)) return OfTable(table.Platforms);
        SupportedPlatform[] offered = [.. table.Platforms.Where(platform => platform.Python.Major == request.Major && (request.Minor is null || platform.Python.Minor == request.Minor))];
        if (offered.Length > 0 || request.Minor is not { } minor) return OfTable(offered);
        return OfTable(PlatformTable.Cross(PlatformTable.Definitions, [new(request.Major, minor)]).Platforms);
    }

    /// <summary>The platforms of a name: a tag, a machine with its Python, or a machine with all that are offered; false when there is none.</summary>
    public static bool TryParse(string name, out ImmutableArray<TargetPlatform> platforms, [NotNullWhen(false)] out string? error)
    {
        if (PlatformTable.TryConfigure(new([name], null), out PlatformTable? table, out error))
        {
            platforms = OfTable(table.Platforms);
            return true;
        }
        platforms = Pep425Tag.TryParse(name, out Pep425Tag tag, out _) && SpecLang.Platforms.CipdPlatform.FromPlatformTag(tag.Platform) is not null ? [OfTag(tag)] : [];
        if (platforms.IsEmpty) return false;
        error = null;
        return true;
    }

    private static ImmutableArray<TargetPlatform> OfTable(IEnumerable<SupportedPlatform> platforms) =>
        [.. platforms.Select(platform => new TargetPlatform(platform.Name, platform.Tags, platform.TemplateVariables))];

    private static TargetPlatform OfTag(Pep425Tag tag) => new(tag.ToString(), [tag], TemplateVariables.FromTag(tag));
}
