using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A name spells out with three variables what one says.</summary>
public sealed class LongTemplate : SpecRule
{
    private const string Long = "${platform}_${py_python}_${py_abi}";

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2104",
        "Template that has a short form",
        "'{0}' is the same as '{1}', and how packages are listed. Write that.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Hint);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds `${platform}_${py_python}_${py_abi}` in the name of a package.",
        "It is right, but who looks for a package in the list of wheels, or in other specs, does not find this one.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/psutil/${platform}_${py_python}_${py_abi}"
          version: "version:5.8.0.chromium.3"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0.chromium.3"
        >
        """,
        "Writes `${vpython_platform}`; safe: its value is the same.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.IsForFormerTool) yield break;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (!wheel.Name.EndsWith("/" + Long, StringComparison.Ordinal)) continue;
            yield return Report(wheel.NameSpan, WheelPackageName.PlatformTemplate, Long) with { Fixes = Write(wheel.NameValue, wheel.Name[..^Long.Length] + WheelPackageName.PlatformTemplate, FixSafety.Safe) };
        }
    }
}
