using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A <c>verify_pep425_tag</c> stands twice.</summary>
public sealed class RepeatedVerifyTag : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2407",
        "Same verify_pep425_tag twice",
        "This tag stands at line {0} already. Remove one of the two.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `verify_pep425_tag` that an earlier one repeats.",
        "The platform is verified twice, and perhaps another one was meant that is not verified at all.",
        """
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win32">
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win32">
        """,
        """
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win32">
        """,
        "Removes the second one; safe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        var seen = new Dictionary<PEP425Tag, TagEntry>();
        foreach (TagEntry tag in spec.VerifyTags)
        {
            if (seen.TryAdd(tag.Message, tag)) continue;
            TagEntry first = seen[tag.Message];
            yield return Report(tag.Span, spec.Text.GetLine(first.Span.Start) + 1) with
            {
                Tags = DiagnosticTags.Unnecessary,
                Related = [new(spec.Text, first.Span, "the first one")],
                Fixes = [new("Remove this verify_pep425_tag", FixSafety.Safe, editor.Remove(tag.Bound))],
            };
        }
    }
}
