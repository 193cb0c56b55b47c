using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>What a <c>match_tag</c> asks for, a <c>not_match_tag</c> of the same wheel excludes.</summary>
public sealed class CancellingTags : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2404",
        "Tags that cancel each other",
        "The 'not_match_tag' at line {0} excludes every platform that this matches{1}. Remove one of the two.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `match_tag` whose platforms a `not_match_tag` of the same wheel excludes, since it asks for the same, or for less.",
        "`not_match_tag` wins: the `match_tag` has no effect, and if the wheel has no other, it is never installed.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
          match_tag: < platform: "win32" >
          not_match_tag: < platform: "win32" >
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
          match_tag: < platform: "win32" >
        >
        """,
        "Removes the `match_tag` where the wheel has another one that is not excluded; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (wheel.MatchTags.IsEmpty || wheel.NotMatchTags.IsEmpty) continue;
            bool isNeverInstalled = wheel.MatchTags.All(tag => FindExclusion(wheel, tag) is not null || tag.IsEmpty);
            foreach (TagEntry tag in wheel.MatchTags)
            {
                if (FindExclusion(wheel, tag) is not { } exclusion) continue;
                yield return Report(tag.Span, spec.Text.GetLine(exclusion.Span.Start) + 1, isNeverInstalled ? ", so the wheel is never installed" : "") with
                {
                    Tags = DiagnosticTags.Unnecessary,
                    Related = [new(spec.Text, exclusion.Span, "what excludes it")],
                    Fixes = isNeverInstalled ? [] : [new("Remove this match_tag", FixSafety.Safe, editor.Remove(tag.Bound))],
                };
            }
        }
    }

    private static TagEntry? FindExclusion(WheelEntry wheel, TagEntry match)
    {
        foreach (TagEntry tag in wheel.NotMatchTags)
        {
            if (!tag.IsEmpty && Covers(tag.Message, match.Message)) return tag;
        }
        return null;
    }

    /// <summary>Whether every tag that has all parts of the second has all parts of the first.</summary>
    private static bool Covers(PEP425Tag wide, PEP425Tag narrow) => CoversPart(wide.Python, narrow.Python) && CoversPart(wide.Abi, narrow.Abi) && CoversPart(wide.Platform, narrow.Platform);

    private static bool CoversPart(string wide, string narrow) => wide.Length == 0 || wide == narrow;
}
