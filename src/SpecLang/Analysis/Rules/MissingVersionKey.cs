using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A version stands without its key.</summary>
public sealed class MissingVersionKey : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2202",
        "Version without 'version:'",
        "CIPD takes '{0}' for the name of a ref, and there is hardly one of that name. Write 'version:{0}'.",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds the number of a version that stands without `version:`.",
        "Versions are tags of CIPD, with a key and a value. A text without a colon is a ref, and no such ref exists.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Writes `version:` before it; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (IsVersion(wheel.Message.Version)) yield return Report(wheel.VersionSpan, wheel.Message.Version) with { Fixes = Write(wheel.VersionValue, "version:" + wheel.Message.Version, FixSafety.Safe) };
        }
    }

    /// <summary>Whether a text is a ref for CIPD, and a version for everybody else.</summary>
    internal static bool IsVersion(string text) =>
        text.Length > 0 && char.IsAsciiDigit(text[0]) && CipdVersion.TryParse(text, out CipdVersion version, out _) && version.Kind == CipdVersionKind.Ref && WheelVersion.Parse("version:" + text).PythonVersion is not null;
}
