using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A script with a spec in it has another one beside it.</summary>
public sealed class ShadowedEmbeddedSpec : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2802",
        "Embedded spec without effect",
        "This spec has no effect, because 'vpython3' finds '{0}' beside the script first. Remove one of the two.",
        DiagnosticCategory.Probing,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds specs in scripts that have a partner spec beside them, also beside what a link to the script leads to.",
        "A partner wins over what is in the script. Whoever changes the embedded spec changes nothing.",
        """
        # [VPYTHON:BEGIN]
        # python_version: "3.11"
        # [VPYTHON:END]
        """,
        "(no spec in the script, or no `tool.py.vpython3` beside it)");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is not { BeginGuard: { } guard }) yield break;
        IFileSystem files = spec.Host.Files;
        string[] scripts = [spec.Path, files.ResolveLinks(spec.Path) ?? spec.Path];
        string? partner = scripts.Select(static script => script + SpecFamily.TextFormat.PartnerSuffix).FirstOrDefault(path => files.GetKind(path) == FileKind.File);
        if (partner is not null) yield return Report(guard, Path.GetFileName(partner)) with { Tags = DiagnosticTags.Unnecessary };
    }
}
