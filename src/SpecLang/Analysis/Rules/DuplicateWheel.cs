using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The same wheel stands twice in a spec: name, version and tags are equal.</summary>
public sealed class DuplicateWheel : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2301",
        "Same wheel twice",
        "'{0}' in this version stands at line {1} already. Remove one of the two.",
        DiagnosticCategory.Wheels,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a wheel that an earlier one repeats: the same name, version and tags.",
        "The second one has no effect. Whoever changes the version later will change one of the two, and then the spec contradicts itself and nothing runs.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Removes the second wheel; safe. Comments above it stay; a wheel with comments in it is removed as an unsafe fix only.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var seen = new Dictionary<Schema.Spec.Types.Package, WheelEntry>();
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.Name.Length == 0 || seen.TryAdd(wheel.Message, wheel)) continue;
            WheelEntry first = seen[wheel.Message];
            yield return Report(wheel.NameSpan, wheel.Name, spec.Text.GetLine(first.NameSpan.Start) + 1) with
            {
                Tags = DiagnosticTags.Unnecessary,
                Related = [new(spec.Text, first.NameSpan, "the first one")],
                Fixes = [new("Remove this wheel", FixSafety.Safe, spec.Editor.Remove(wheel))],
            };
        }
    }
}
