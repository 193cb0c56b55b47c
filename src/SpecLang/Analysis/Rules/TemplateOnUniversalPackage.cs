using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A name has a platform, and the package is one for all platforms.</summary>
public sealed class TemplateOnUniversalPackage : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2108",
        "Platform in the name of a universal package",
        "{0} Write '{1}'.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a template, or a platform, in the name of a package that is the same for all platforms. A suffix and a template together (`six-py2_py3/${vpython_platform}`) are a warning.",
        "There is no such package for any platform, and the spec fails everywhere.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/six-py2_py3/${vpython_platform}"
          version: "version:1.15.0"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Removes what stands behind the suffix where the catalogue has the package without; safe. Else writes the package that the catalogue has; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { Form: WheelPackageForm.Platform } package || wheel.Known is not null || wheel.NameFault is not null) continue;
            string before = wheel.Name[..^(package.PlatformPart!.Length + 1)];
            if (package.Prefix == WheelPackageName.UsualPrefix && before.Length > package.Prefix.Length + package.Stem.Length)
            {
                bool isKnown = spec.Catalogue.FindPackage(before) is not null;
                yield return Report(wheel.NameSpan, "A package with this suffix is for all platforms.", before) with
                {
                    Severity = DiagnosticSeverity.Warning,
                    Fixes = Write(wheel.NameValue, before, isKnown ? FixSafety.Safe : FixSafety.Unsafe),
                };
                continue;
            }
            CataloguePackage[] others = [.. wheel.Alternatives];
            if (spec.IsForFormerTool || others.Length == 0 || others.Any(static other => other.ParsedName.Form == WheelPackageForm.Platform)) continue;
            yield return Report(wheel.NameSpan, "The catalogue has this distribution as one package for all platforms.", others[0].Name) with { Fixes = Write(wheel.NameValue, others[0].Name, FixSafety.Unsafe) };
        }
    }
}
