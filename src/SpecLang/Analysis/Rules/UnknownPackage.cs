using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The catalogue has neither the package nor its distribution.</summary>
public sealed class UnknownPackage : SpecRule
{
    /// <summary>Looking for the nearest names takes time in a large catalogue; nobody reads more of them than this.</summary>
    private const int MostSearches = 50;

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2110",
        "Package that the catalogue does not have",
        "The catalogue of {0:yyyy-MM-dd} has no '{1}'. {2}",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a package that the catalogue does not have, nor any other of its distribution. It is a hint where no name is near. Only names below `infra/python/wheels/`, and those that are nearly there, are judged.",
        "A misspelt name is found out on the bot, when the spec is used for the first time. But packages come and go, and the catalogue need not know every one: `vpython3 catalog import` adds a newer list.",
        """
        wheel: <
          name: "infra/python/wheels/requets-py2_py3"
          version: "version:2.31.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/requests-py2_py3"
          version: "version:2.31.0"
        >
        """,
        "Writes the nearest name; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.IsForFormerTool || spec.Catalogue.PackageCount == 0) yield break;
        int searches = 0;
        object date = spec.Catalogue.Date;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { } package || wheel.Known is not null || wheel.NameFault is not null || !IsJudged(wheel, package)) continue;
            string[] nearest = searches++ < MostSearches ? [.. spec.Catalogue.NearestPackages(wheel.Name).Select(static other => other.Name)] : [];
            string advice = nearest.Length == 0 ? "Make sure that it is in CIPD." : $"Did you mean {Either(nearest)}?";
            yield return Report(wheel.NameSpan, date, wheel.Name, advice) with
            {
                Severity = nearest.Length == 0 ? DiagnosticSeverity.Hint : DiagnosticSeverity.Information,
                Fixes = Write(wheel.NameValue, nearest.FirstOrDefault(), FixSafety.Unsafe),
            };
        }
    }

    /// <summary>Other owners have packages elsewhere, of which the catalogue knows nothing.</summary>
    private static bool IsJudged(WheelEntry wheel, WheelPackageName package)
    {
        if (package.Prefix == WheelPackageName.UsualPrefix) return !wheel.Alternatives.Any() && !package.Stem.Contains('.', StringComparison.Ordinal);
        return wheel.KnownDistribution is { Packages.IsEmpty: false } && (package.Prefix.Length == 0 || EditDistance.Between(package.Prefix, WheelPackageName.UsualPrefix) <= 4);
    }
}
