using System.Collections.Immutable;
using System.Text.RegularExpressions;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The version of a wheel is none that CIPD can have, or is missing.</summary>
public sealed partial class InvalidVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2201",
        "Not a version",
        "{0}. {1}",
        DiagnosticCategory.PackageVersion,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a wheel without a version, or with one that is neither a tag, nor a ref, nor an instance ID.",
        "The spec is refused where the wheel is wanted, and no script of it runs there.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version: 1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Writes the version that is in the text, with `version:` before it, where that is all that is wrong; safe. Adds the newest one that the catalogue has where there is none; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            string written = wheel.Message.Version;
            if (CipdVersion.TryParse(written, out _, out string? error)) continue;
            if (written.Length > 0)
            {
                string? mended = Mend(written);
                yield return Report(wheel.VersionSpan, Sentence(error), mended is null ? "Versions are written \"version:1.0\"." : $"Write '{mended}'.") with { Fixes = Write(wheel.VersionValue, mended, FixSafety.Safe) };
                continue;
            }
            string? newest = wheel.Known?.Versions.FirstOrDefault(static known => known.Version.PythonVersion is not null)?.Version.Text;
            yield return Report(wheel.VersionSpan, "The wheel has no version", newest is null ? "Write one such as \"version:1.0\"." : $"The newest known one is '{newest}'.") with { Fixes = AddVersion(spec, wheel, newest) };
        }
    }

    private static ImmutableArray<CodeFix> AddVersion(SpecAnalysis spec, WheelEntry wheel, string? version)
    {
        // What is missing may be in what could not be read.
        if (spec.Bound.HasErrors) return [];
        if (wheel.VersionValue is not null || version is null) return Write(wheel.VersionValue, version, FixSafety.Unsafe);
        return [new($"Add 'version: \"{version}\"'", FixSafety.Unsafe, spec.Editor.AddField(wheel.Syntax, $"version: {SpecEditor.Quote(version)}"))];
    }

    private static string? Mend(string text)
    {
        string mended = "version:" + SignPattern().Replace(text.Trim(), "");
        return CipdVersion.TryParse(mended, out _, out _) && WheelVersion.Parse(mended).PythonVersion is not null ? mended : null;
    }

    private static string Sentence(string error) => char.ToUpperInvariant(error[0]) + error[1..];

    [GeneratedRegex(@"^(?:version)?\s*[:=]*\s*v?(?=[0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SignPattern();
}
