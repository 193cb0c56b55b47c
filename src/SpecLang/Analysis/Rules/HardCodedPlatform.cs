using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A name has the platform written out, and the wheel is for others, too.</summary>
public sealed class HardCodedPlatform : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2105",
        "Hard-coded platform",
        "This is the build for '{0}' alone, and would be installed on {1}, too. Write '{2}' in its place, or add a 'match_tag'.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a platform that is written out in the name of a package, where the wheel is for other platforms, too. It is a warning where the spec names one of those in a `verify_pep425_tag`.",
        "A wheel of another platform cannot be installed: on these machines the environment cannot be made, and no script of the spec runs.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/lxml/linux-amd64_cp38_cp38"
          version: "version:4.6.2"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/lxml/${vpython_platform}"
          version: "version:4.6.2"
        >
        """,
        "Writes `${vpython_platform}`; unsafe: there may be no build for the other platforms.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { HasHardCodedPlatform: true } package || wheel.NameFault is not null || !LooksLikePlatform(package.PlatformPart!)) continue;
            TargetPlatform[] wrong = [.. spec.Platforms.Where(platform => platform.Gets(wheel) && platform.Variables.TryGetValue("vpython_platform", out string? name) && name != package.PlatformPart)];
            if (wrong.Length == 0) continue;
            yield return Report(wheel.NameSpan, package.PlatformPart, spec.Describe(wrong), WheelPackageName.PlatformTemplate) with
            {
                Severity = spec.Spec.VerifyPep425Tag.Count > 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
                Fixes = Write(wheel.NameValue, wheel.Name[..^package.PlatformPart!.Length] + WheelPackageName.PlatformTemplate, FixSafety.Unsafe),
            };
        }
    }

    /// <summary>Packages in other places have other parts behind their names.</summary>
    private static bool LooksLikePlatform(string part) => part.Split('_') is [{ } platform, _, _] && CipdPlatform.TryParse(platform, out _, out _);
}
