using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A spec of the former <c>vpython</c> stands beside that of <c>vpython3</c>.</summary>
public sealed class LegacySpec : SpecRule
{
    private const string Suffix = ".vpython";

    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2804",
        "Spec of former times",
        "'vpython3' reads '{0}' and never this file. Remove it, unless something with Python 2 is still run with it.",
        DiagnosticCategory.Probing,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds `.vpython` files beside the `.vpython3` file of the same name.",
        "`.vpython` files were those of `vpython`, which ran Python 2. Who changes the one that is read no more wonders why nothing happens.",
        "(`.vpython` beside `.vpython3`)",
        "(only `.vpython3`)");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Kind != DocumentKind.Spec || !spec.Path.EndsWith(Suffix, StringComparison.Ordinal)) yield break;
        string successor = spec.Path + "3";
        if (spec.Host.Files.GetKind(successor) == FileKind.File) yield return Report(spec.Beginning, Path.GetFileName(successor)) with { Tags = DiagnosticTags.Deprecated };
    }
}
