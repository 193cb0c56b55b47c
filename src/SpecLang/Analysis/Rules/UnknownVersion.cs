using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The catalogue has the package, and not in this version.</summary>
public sealed class UnknownVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2204",
        "Version that the catalogue does not have",
        "The catalogue of {0:yyyy-MM-dd} does not have '{1}' of this package. {2}",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a version that the catalogue does not have of a package that it knows. It is a hint where the version is older or newer than all that are known: old ones are not listed, and new ones come.",
        "A version that does not exist is found out on the bot. Often it is the suffix that is missing: what Chrome Operations have patched is `5.4.1.chromium.1`, and there is no `5.4.1`.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/pyyaml/${vpython_platform}"
          version: "version:5.4.1"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/pyyaml/${vpython_platform}"
          version: "version:5.4.1.chromium.1"
        >
        """,
        "Writes the nearest version; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.IsForFormerTool) yield break;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.KnownVersion is not null || wheel.Version.PythonVersion is not { } version || wheel.Version.PackagingEpoch is not null || wheel.Known is not { Versions: [{ } newest, ..] versions } package) continue;
            string[] nearest = [.. package.NearestVersions(wheel.Message.Version).Select(static known => known.Version.Text)];
            bool isWithin = newest.Version.PythonVersion is { } last && versions[^1].Version.PythonVersion is { } first && version.Public <= last.Public && version.Public >= first.Public;
            yield return Report(wheel.VersionSpan, spec.Catalogue.Date, wheel.Message.Version, $"The nearest {(nearest.Length == 1 ? "is" : "are")} {Either(nearest)}.") with
            {
                Severity = isWithin ? DiagnosticSeverity.Information : DiagnosticSeverity.Hint,
                Fixes = Write(wheel.VersionValue, nearest[0], FixSafety.Unsafe),
            };
        }
    }
}
