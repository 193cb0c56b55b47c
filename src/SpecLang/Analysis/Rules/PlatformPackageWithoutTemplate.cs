using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A name has no platform, and the package has a build for each.</summary>
public sealed class PlatformPackageWithoutTemplate : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2109",
        "Platform package without a template",
        "The catalogue has this distribution built for each platform. Write '{0}'.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds the name of a package without a template, where the catalogue has this distribution only in builds for each platform.",
        "There is no package of this name, and the spec fails everywhere.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/psutil-py3"
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
        "Writes the name with `${vpython_platform}`; unsafe: the package may be there and be unknown.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.IsForFormerTool) yield break;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { Form: not WheelPackageForm.Platform }) continue;
            CataloguePackage[] others = [.. wheel.Alternatives];
            if (others is not [{ ParsedName.Form: WheelPackageForm.Platform }, ..] || others.Any(other => other.ParsedName.Form == wheel.Package.Form)) continue;
            yield return Report(wheel.NameSpan, others[0].Name) with { Fixes = Write(wheel.NameValue, others[0].Name, FixSafety.Unsafe) };
        }
    }
}
