using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A wheel is named by a ref, which moves.</summary>
public sealed class MovingVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2203",
        "Version that moves",
        "'{0}' is a ref: what it stands for changes without a change of this spec. {1}",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a version that is a ref of CIPD, such as `latest`.",
        "Two machines with the same spec have different environments, depending on when they were made; and newer releases of the Go `vpython3` refuse refs.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "latest"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Writes the newest version that the catalogue has; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            string written = wheel.Message.Version;
            if (!CipdVersion.TryParse(written, out CipdVersion version, out _) || version.Kind != CipdVersionKind.Ref || MissingVersionKey.IsVersion(written)) continue;
            string? newest = wheel.Known?.Versions.FirstOrDefault(static known => known.Version.PythonVersion is not null)?.Version.Text;
            string advice = newest is null ? "Write a version such as \"version:1.0\"." : $"Write a version; the newest known one is '{newest}'.";
            yield return Report(wheel.VersionSpan, written, advice) with { Fixes = Write(wheel.VersionValue, newest, FixSafety.Unsafe) };
        }
    }
}
