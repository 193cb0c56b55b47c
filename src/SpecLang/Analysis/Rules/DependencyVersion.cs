using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Packages.Dependencies;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A wheel is in a version that another wheel does not want.</summary>
public sealed class DependencyVersion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2602",
        "Version that another wheel refuses",
        "'{0}' {1} needs '{2}', and this is {3}. {4}",
        DiagnosticCategory.Dependencies,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds wheels in a version outside the bounds that another wheel of the spec has for them in its `Requires-Dist`. Only bounds of the very version that the spec has count.",
        "The authors of the other wheel have said that it does not work with this version; an installer that checks requirements makes no environment.",
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/jinja2-py3"
          version: "version:3.1.2"
        >
        wheel: <
          name: "infra/python/wheels/markupsafe/${vpython_platform}"
          version: "version:1.1.1"
        >
        """,
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/jinja2-py3"
          version: "version:3.1.2"
        >
        wheel: <
          name: "infra/python/wheels/markupsafe/${vpython_platform}"
          version: "version:2.0.1"
        >
        """,
        "Takes the version nearest to this one that all wheels of the spec want, as far as their wishes are known. Unsafe: the environment changes.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach ((WheelEntry wheel, WheelNeed broken, IGrouping<int, WheelNeed> group) in Find(spec))
        {
            CatalogueVersion? better = Nearest(wheel, group);
            WheelEntry by = spec.Wheels[broken.By.Index!.Value];
            string step = better is null ? "Change one of the two." : $"Take {better.Version.Number}, or another version of '{by.Package!.Distribution}'.";
            yield return Report(wheel.VersionSpan, by.Package!.Distribution, by.Version.Number, broken.Requirement with { Marker = null }, wheel.Version.Number, step) with
            {
                Related = [new(spec.Text, by.NameSpan, "the wheel that needs it")],
                Fixes = better is not null && wheel.VersionValue is { } value ? [new($"Take {better.Version.Number}", FixSafety.Unsafe, SpecEditor.SetString(value.Syntax, better.Version.Text))] : [],
            };
        }
    }

    /// <summary>The wheels that are outside the bounds of another one, with the first need that refuses each, and all that are asked of it.</summary>
    internal static IEnumerable<(WheelEntry Wheel, WheelNeed Broken, IGrouping<int, WheelNeed> Needs)> Find(SpecAnalysis spec)
    {
        var needs = spec.Closure.Needs
            .Where(static need => need.Knowledge.IsExact && need.By.Index is not null && !need.Requirement.Versions.Clauses.IsEmpty)
            .SelectMany(static need => need.MetBy.Where(static wheel => wheel.Index is not null), static (need, wheel) => (Need: need, Index: wheel.Index!.Value))
            .GroupBy(static pair => pair.Index, static pair => pair.Need)
            .OrderBy(static group => group.Key);
        foreach (IGrouping<int, WheelNeed> group in needs)
        {
            WheelEntry wheel = spec.Wheels[group.Key];
            if (group.FirstOrDefault(need => !need.Admits(wheel.Version)) is { } broken) yield return (wheel, broken, group);
        }
    }

    /// <summary>The next newer version that all want, else the next older one; no pre-release.</summary>
    private static CatalogueVersion? Nearest(WheelEntry wheel, IEnumerable<WheelNeed> needs)
    {
        CatalogueVersion[] wanted = [.. (wheel.Known?.Versions ?? []).Where(version => version.Version.PythonVersion is { IsPreRelease: false } && needs.All(need => need.Admits(version.Version)))];
        return wanted.LastOrDefault(version => version.Version > wheel.Version) ?? wanted.FirstOrDefault(version => version.Version < wheel.Version);
    }
}
