using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A version has the number before <c>@</c> that packages of other kinds have.</summary>
public sealed class PackagingEpoch : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2205",
        "Version with a packaging epoch",
        "Wheels are tagged without '{0}@'. Write 'version:{1}', unless this package is tagged so.",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds `version:2@1.0`, the form that CIPD packages of tools have, and wheels had for a time.",
        "A wheel's package has no such tag any more, and the spec fails on the bot.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:2@1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Writes the version without it where the catalogue has that; unsafe: it may be another build.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Version.PackagingEpoch is not { } epoch || wheel.KnownVersion is not null || wheel.Package is null) continue;
            string plain = "version:" + wheel.Version.Number;
            string? known = wheel.Known?.FindVersion(plain) is null ? null : plain;
            yield return Report(wheel.VersionSpan, epoch, wheel.Version.Number) with { Fixes = Write(wheel.VersionValue, known, FixSafety.Unsafe), Tags = DiagnosticTags.Deprecated };
        }
    }
}
