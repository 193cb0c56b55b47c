using System.Collections.Immutable;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Catalogues;

/// <summary>What the name of a package, as it is in a source, is to specs: the name with its template, and the platforms that the package is for.</summary>
/// <param name="SpecName">The name that specs write.</param>
/// <param name="IsUniversal">Whether it is for all platforms.</param>
/// <param name="Platforms">The platforms, where it is not; empty where its platform has no name here.</param>
internal sealed record BuiltPackage(string SpecName, bool IsUniversal, ImmutableArray<string> Platforms)
{
    /// <summary>Reads a name; null when there is no distribution in it.</summary>
    public static BuiltPackage? Of(PackageName name)
    {
        if (!WheelPackageName.TryParse(name.Value, out WheelPackageName? parsed)) return null;
        if (parsed.PlatformPart is not { } platform) return new(name.Value, IsUniversal: true, []);
        return new(parsed.In(WheelPackageForm.Platform), IsUniversal: false, PlatformsOf(platform));
    }

    /// <summary>Of <c>linux-amd64_cp311_cp311</c> <c>manylinux-x64-py3.11</c>.</summary>
    private static ImmutableArray<string> PlatformsOf(string expanded)
    {
        string[] parts = expanded.Split('_');
        if (parts.Length < 3 || !parts[1].StartsWith("cp", StringComparison.Ordinal) || parts[1].Length < 4) return [];
        if (!PythonMinor.TryParse($"{parts[1][2]}.{parts[1][3..]}", out PythonMinor python, out _)) return [];
        return
        [
            .. PlatformTable.Definitions
                .Select(definition => new SupportedPlatform(definition, python))
                .Where(candidate => candidate.TemplateVariables.TryGetValue("vpython_platform", out string? value) && value == expanded)
                .Select(candidate => candidate.Name),
        ];
    }
}
