using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The distribution in the name of a package is spelt as no package spells it.</summary>
public sealed class SpeltDistribution : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2106",
        "Distribution spelt otherwise",
        "{0} Write '{1}'.",
        DiagnosticCategory.PackageName,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds the name of a distribution with `.` where packages have `_`, and, as information, with `-` for `_` or the reverse where the catalogue knows the package only so.",
        "To Python `a.b`, `a-b` and `a_b` are one distribution; to CIPD they are three packages, and there is one of them.",
        """
        wheel: <
          name: "infra/python/wheels/typing.extensions-py3"
          version: "version:4.0.1"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/typing-extensions-py3"
          version: "version:4.0.1"
        >
        """,
        "Writes it as the catalogue has it; safe where it has a `.`. Unsafe where the name may be right and unknown.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Package is not { } package || wheel.Known is not null || wheel.NameFault is not null) continue;
            CataloguePackage? same = wheel.Alternatives.FirstOrDefault(other => other.ParsedName.Form == package.Form && other.ParsedName.Stem != package.Stem);
            bool hasDot = package.Prefix == WheelPackageName.UsualPrefix && package.Stem.Contains('.', StringComparison.Ordinal);
            if (same is null && !hasDot) continue;
            string tail = package.Text[(package.Prefix.Length + package.Stem.Length)..];
            string name = package.Prefix + (same?.ParsedName.Stem ?? package.Stem.Replace('.', '_')) + tail;
            yield return Report(wheel.NameSpan, hasDot ? "Packages have no '.' in the name of their distribution." : "The catalogue has this distribution in another spelling.", name) with
            {
                Severity = hasDot ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
                Fixes = Write(wheel.NameValue, name, hasDot && same is not null ? FixSafety.Safe : FixSafety.Unsafe),
            };
        }
    }
}
