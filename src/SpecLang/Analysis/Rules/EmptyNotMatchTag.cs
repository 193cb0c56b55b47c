using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A <c>not_match_tag</c> without any part excludes nothing.</summary>
public sealed class EmptyNotMatchTag : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2402",
        "Empty not_match_tag",
        "A tag without any part matches no platform, so this excludes none. Write what is to be excluded, or remove it.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `not_match_tag` in which no part is set.",
        "It has no effect, and the wheel is installed everywhere.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
          not_match_tag: < >
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Removes it; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            foreach (TagEntry tag in wheel.NotMatchTags)
            {
                if (!tag.IsEmpty) continue;
                yield return Report(tag.Span) with { Tags = DiagnosticTags.Unnecessary, Fixes = [new("Remove this not_match_tag", FixSafety.Safe, editor.Remove(tag.Bound))] };
            }
        }
    }
}
