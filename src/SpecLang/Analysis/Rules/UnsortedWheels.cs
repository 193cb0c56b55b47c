using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Formatting;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>Wheels are not in the order of their names, where the settings want that.</summary>
public sealed class UnsortedWheels : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY4002",
        "Wheels not sorted",
        "The wheels are not in the order of their names, which '" + FormatOptions.SortWheelsSetting + "' asks for. Run 'vpython3 fmt'.",
        DiagnosticCategory.Style,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds wheels that are not in the order of their names. Only where `.editorconfig` says `vpython_sort_wheels = true`. A heading (a comment with an empty line below it) begins a new order.",
        "A wheel is found at once, and two people who add wheels at the same time seldom meet at the same line.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        wheel: <
          name: "infra/python/wheels/idna-py2_py3"
          version: "version:2.8"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/idna-py2_py3"
          version: "version:2.8"
        >
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Sorts the wheels, each with its comments; safe.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (!spec.Settings.Format.SortsWheels || SpecFormatter.SortWheels(spec.Tree) is not { IsEmpty: false } changes) yield break;
        WheelEntry first = spec.Wheels.First(wheel => changes[0].Span.Contains(wheel.NameSpan));
        yield return Report(first.NameSpan) with { Fixes = [new("Sort the wheels", FixSafety.Safe, changes)] };
    }
}
