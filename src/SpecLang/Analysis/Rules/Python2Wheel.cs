using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A wheel of Python 2 in a spec for Python 3.</summary>
public sealed class Python2Wheel : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2206",
        "Wheel of Python 2",
        "'{0}' is for Python 2, and vpython3 runs Python 3. {1}",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a package that ends in `-py2` in a spec that runs with Python 3. Wheels with a `match_tag` are left out: that says when they are wanted. It is information where the spec does not say which Python it is for.",
        "A wheel of Python 2 cannot be installed with Python 3: the environment cannot be made, and no script of the spec runs.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/requests-py2"
          version: "version:2.13.0"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/requests-py2_py3"
          version: "version:2.13.0"
        >
        """,
        "Writes the package for Python 3 that the catalogue has; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        bool isPython3 = spec.Python is { } python ? python.Major >= 3 : !spec.IsForFormerTool && spec.Pythons.All(static offered => offered.Major >= 3);
        if (!isPython3) yield break;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { Form: WheelPackageForm.Python2 } || wheel.Message.MatchTag.Count > 0 || wheel.NameFault is not null) continue;
            CataloguePackage[] others =
            [
                .. (wheel.KnownDistribution?.Packages ?? [])
                    .Where(other => other.ParsedName.Prefix == wheel.Package.Prefix && other.ParsedName.Form is not (WheelPackageForm.Python2 or WheelPackageForm.Plain))
                    .OrderByDescending(other => other.FindVersion(wheel.Message.Version) is not null),
            ];
            string advice = others.Length == 0 ? "Remove it, or find one for Python 3." : $"Write {Either([.. others.Select(static other => other.Name)])}.";
            yield return Report(wheel.NameSpan, wheel.Name, advice) with
            {
                // Scripts that are run with 'vpython' by hand look the same.
                Severity = spec.Python is null ? DiagnosticSeverity.Information : DiagnosticSeverity.Warning,
                Fixes = Write(wheel.NameValue, others.FirstOrDefault()?.Name, FixSafety.Unsafe),
            };
        }
    }
}
