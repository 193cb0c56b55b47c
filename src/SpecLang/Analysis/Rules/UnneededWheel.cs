using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>Nothing needs a wheel.</summary>
public sealed class UnneededWheel : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2603",
        "Wheel that nothing needs",
        "The script does not import anything of '{0}', and no other wheel needs it. Remove it, if nothing else does.",
        DiagnosticCategory.Dependencies,
        DiagnosticSeverity.Hint);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds wheels that no other wheel of the spec needs and that its script neither imports nor mentions. Only in the spec of one script, only where the modules of all wheels are known, and the "
            + "requirements of their minor releases, and only when all that the script imports comes from them or from Python: what lies beside the script may need more.",
        "Each machine fetches and installs the wheel for nothing, and it binds the versions of what it needs itself.",
        """
        # [VPYTHON:BEGIN]
        # python_version: "3.11"
        # wheel: <
        #   name: "infra/python/wheels/six-py2_py3"
        #   version: "version:1.15.0"
        # >
        # [VPYTHON:END]
        import json
        """,
        """
        # [VPYTHON:BEGIN]
        # python_version: "3.11"
        # [VPYTHON:END]
        import json
        """,
        "Removes the wheel; comments above it stay. Unsafe: the environment changes.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Scripts is not [var script] || spec.Wheels.IsEmpty || script.Imports.IsEmpty) yield break;
        var resolution = new ImportResolution(spec, script);
        if (resolution.HidesUses || resolution.HasUnknownWheels) yield break;
        var used = new HashSet<WheelEntry>();
        foreach (PythonImport import in script.Imports)
        {
            WheelEntry[] wheels = [.. resolution.WheelsWith(import)];
            if (wheels.Length == 0 && resolution.IsStandard(import) != true) yield break;
            used.UnionWith(wheels);
        }
        if (FindNeeded(spec) is not { } needed) yield break;
        string outside = TextOutside(spec, script);
        foreach (WheelEntry wheel in spec.Wheels)
        {
            DistributionName distribution = wheel.Package!.Distribution;
            if (used.Contains(wheel) || needed.Contains(distribution) || IsMentioned(wheel, outside) || ExtendsAnother(spec, distribution)) continue;
            yield return Report(wheel.NameSpan, wheel.Name) with
            {
                Tags = DiagnosticTags.Unnecessary,
                Fixes = [new("Remove this wheel", FixSafety.Unsafe, spec.Editor.Remove(wheel))],
            };
        }
    }

    /// <summary>What the wheels need of each other, whatever a marker or an extra says; null when it is not known of one of them.</summary>
    private static HashSet<DistributionName>? FindNeeded(SpecAnalysis spec)
    {
        var needed = new HashSet<DistributionName>();
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.KnownDistribution?.FindCompleteMetadata(wheel.Version) is not { } match || !IsOfSameMinor(match, wheel.Version)) return null;
            needed.UnionWith(match.Metadata.Requirements.Select(static requirement => requirement.Name));
        }
        return needed;
    }

    /// <summary>What a version does not need yet, a later one may.</summary>
    private static bool IsOfSameMinor(MetadataMatch match, WheelVersion version) => match.IsExact
        || version.PythonVersion is { } wanted && Pep440Version.TryParse(match.Metadata.Version, out Pep440Version? known, out _) && wanted.Release.AsSpan().CommonPrefixLength(known.Release.AsSpan()) >= 2;

    /// <summary>The script without its spec.</summary>
    private static string TextOutside(SpecAnalysis spec, ScriptFile script)
    {
        string text = script.Text.ToString();
        return script.Text == spec.Text ? text.Replace(spec.Text.ToString(spec.Document.Region!.Span), "", StringComparison.Ordinal) : text;
    }

    /// <summary>A module may be loaded by its name in a string, a distribution be asked for by its own.</summary>
    private static bool IsMentioned(WheelEntry wheel, string text)
    {
        ImmutableArray<string> modules = ImportResolution.ModulesOf(wheel);
        return modules.Append(wheel.Package!.Distribution.Value).Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary><c>pytest-xdist</c> is loaded by <c>pytest</c> and named by nobody.</summary>
    private static bool ExtendsAnother(SpecAnalysis spec, DistributionName distribution)
    {
        int dash = distribution.Value.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && spec.Wheels.Any(other => other.Package!.Distribution.Value.StartsWith(distribution.Value[..dash], StringComparison.Ordinal) && other.Package.Distribution != distribution)
            || distribution.Value.StartsWith("types-", StringComparison.Ordinal);
    }
}
