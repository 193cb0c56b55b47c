using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A <c>verify_pep425_tag</c> has not all its parts.</summary>
public sealed class IncompleteVerifyTag : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2409",
        "verify_pep425_tag without a part",
        "A tag to verify needs all three parts, and this has no {0}. Add it.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a `verify_pep425_tag` without `python`, `abi` or `platform`.",
        "It stands for a machine, and template variables get their values from it. Without a part they have none, and the verification fails.",
        """
        verify_pep425_tag: <python: "cp38" platform: "win_amd64">
        """,
        """
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "win_amd64">
        """);

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (TagEntry tag in spec.VerifyTags)
        {
            PEP425Tag message = tag.Message;
            string[] missing = [.. new[] { (message.Python, "python"), (message.Abi, "abi"), (message.Platform, "platform") }.Where(static part => part.Item1.Length == 0).Select(static part => part.Item2)];
            if (missing.Length > 0) yield return Report(tag.Span, string.Join(" and no ", missing));
        }
    }
}
