using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The suffix of a name is not the one that the package has.</summary>
public sealed partial class WrongPackageSuffix : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2107",
        "Suffix that the package does not have",
        "{0} Write '{1}'{2}.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a name whose suffix is not that of any package that the catalogue has of this distribution: `-py2_py3` for `-py3`, or none at all. A suffix that is no suffix (`-py2-py3`) is a warning.",
        "Which suffix a package has depends on how its wheel was built; each distribution has one, and it cannot be guessed.",
        """
        wheel: <
          name: "infra/python/wheels/toml-py2_py3"
          version: "version:0.10.2"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/toml-py3"
          version: "version:0.10.2"
        >
        """,
        "Writes the package that the catalogue has, the one with this version first; unsafe: the package may be there and be unknown. Safe where the suffix is none and the package is known.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { } package || wheel.Known is not null || wheel.NameFault is not null || package.Form == WheelPackageForm.Platform) continue;
            if (SuffixPattern().Match(wheel.Name) is { Success: true } match && match.Value is not ("-py2_py3" or "-py3" or "-py2"))
            {
                yield return MisspeltSuffix(spec, wheel, match);
                continue;
            }
            if (spec.IsForFormerTool || wheel.Alternatives.Any(other => other.ParsedName.Form == package.Form)) continue;
            CataloguePackage[] others = [.. wheel.Alternatives.Where(static other => other.ParsedName.Form is not WheelPackageForm.Platform)];
            // A package for each platform that is likelier meant is another kind of finding.
            if (others.Length == 0 || wheel.Alternatives.First().ParsedName.Form == WheelPackageForm.Platform) continue;
            string more = others.Length == 1 ? "" : $" or {Either([.. others.Skip(1).Select(static other => other.Name)])}";
            yield return Report(wheel.NameSpan, "The catalogue has this distribution under another name.", others[0].Name, more) with { Fixes = Write(wheel.NameValue, others[0].Name, FixSafety.Unsafe) };
        }
    }

    private Diagnostic MisspeltSuffix(SpecAnalysis spec, WheelEntry wheel, Match match)
    {
        bool has2 = match.Value.Contains('2', StringComparison.Ordinal);
        bool has3 = match.Value.Contains('3', StringComparison.Ordinal);
        string spelt = wheel.Name[..match.Index] + (has2 && has3 ? "-py2_py3" : has3 ? "-py3" : "-py2");
        bool isKnown = spec.Catalogue.FindPackage(spelt) is not null;
        string name = isKnown ? spelt : wheel.Alternatives.FirstOrDefault()?.Name ?? spelt;
        return Report(wheel.NameSpan, $"No package ends in '{match.Value}'.", name, "") with
        {
            Severity = DiagnosticSeverity.Warning,
            Fixes = Write(wheel.NameValue, name, isKnown ? FixSafety.Safe : FixSafety.Unsafe),
        };
    }

    [GeneratedRegex("(?<=^infra/python/wheels/[^/]+)(?:[-_.]py[23])+$", RegexOptions.CultureInvariant)]
    private static partial Regex SuffixPattern();
}
