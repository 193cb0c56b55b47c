using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The spec does not say which Python, and has a wheel that is built for each one.</summary>
public sealed class MissingPythonVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2006",
        "No version of Python",
        "'{0}' is built for each Python, and the spec does not say for which. Write 'python_version: \"{1}\"', or the one that the scripts are tested with.",
        DiagnosticCategory.PythonVersion,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a spec without `python_version` that has a wheel for a certain Python: one with a template, or a platform, in its name.",
        "Which Python a machine uses by default changes from one day to the next, and then there may be no such wheel, or other wheels than those that were tested.",
        """
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0.chromium.3"
        >
        """,
        """
        python_version: "3.11"

        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0.chromium.3"
        >
        """,
        "Writes the Python of the spec's `verify_pep425_tag`s, else the newest that all its wheels are known to be built for; unsafe: it may be another one than the default of today.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Spec.PythonVersion.Length > 0 || spec.PythonValue is not null || spec.IsForFormerTool) yield break;
        if (spec.Wheels.FirstOrDefault(static wheel => wheel.Package?.Form == WheelPackageForm.Platform) is not { } wheel) yield break;
        string version = Choose(spec).ToString();
        yield return Report(wheel.NameSpan, wheel.Name, version) with
        {
            Fixes = [new($"Write 'python_version: \"{version}\"'", FixSafety.Unsafe, spec.Editor.Prepend($"python_version: {SpecEditor.Quote(version)}"))],
        };
    }

    private static PythonMinor Choose(SpecAnalysis spec)
    {
        PythonMinor[] verified = [.. spec.Platforms.Where(static platform => platform.VerifyIndex is not null).Select(static platform => platform.Supported?.Python).OfType<PythonMinor>().Distinct()];
        if (verified is [{ } only]) return only;
        return spec.Pythons.Where(python => spec.Wheels.All(wheel => IsNotMissing(spec, wheel, python))).DefaultIfEmpty(spec.Pythons[^1]).Max();
    }

    private static bool IsNotMissing(SpecAnalysis spec, WheelEntry wheel, PythonMinor python) =>
        wheel.KnownVersion is not { } known || spec.Settings.Platforms.WithPython(python).Any(platform => known.Availability.Covers(platform) != false);
}
