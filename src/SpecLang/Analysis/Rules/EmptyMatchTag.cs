using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A <c>match_tag</c> without any part matches nothing.</summary>
public sealed class EmptyMatchTag : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2401",
        "Empty match_tag",
        "A tag without any part matches no platform{0}. Write what is to match, or remove it.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `match_tag` in which no part is set.",
        "It does not match everything, it matches nothing: a wheel that has no other `match_tag` is never installed.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
          match_tag: < >
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Removes it; safe where the wheel has another `match_tag` with a part, else unsafe: the wheel is installed then.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            bool isOnly = wheel.MatchTags.All(static tag => tag.IsEmpty);
            foreach (TagEntry tag in wheel.MatchTags)
            {
                if (!tag.IsEmpty) continue;
                yield return Report(tag.Span, isOnly ? ", so the wheel is never installed" : "") with
                {
                    Fixes = [new("Remove this match_tag", isOnly ? FixSafety.Unsafe : FixSafety.Safe, editor.Remove(tag.Bound))],
                };
            }
        }
    }
}
