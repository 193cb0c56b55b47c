using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A directory below a common spec does not get it, because the search ends there.</summary>
public sealed class BarrierBelowSpec : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2805",
        "Common spec cut off",
        "Scripts in '{0}' do not get this spec: the search for it ends at '{0}/.gclient'. Put a spec there, too, if they are to have one.",
        DiagnosticCategory.Probing,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds directories beside a common spec, `.vpython3`, that have a `.gclient` and no common spec of their own. Only those directly beside it: a checkout further down is not searched for.",
        "`vpython3` looks for a common spec from the script's directory upwards and stops at the first directory with a `.gclient`, the root of a checkout. Scripts in there run without packages.",
        "(`.vpython3` beside `checkout/.gclient`)",
        "(`checkout/.vpython3` beside `checkout/.gclient`)");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Kind != DocumentKind.Spec || !SpecFamily.TextFormat.CommonNames.Contains(Path.GetFileName(spec.Path))) yield break;
        if (Path.GetDirectoryName(spec.Path) is not { } directory) yield break;
        IFileSystem files = spec.Host.Files;
        foreach (string name in files.GetNames(directory).Order(StringComparer.Ordinal))
        {
            string below = Path.Join(directory, name);
            if (files.GetKind(Path.Join(below, SpecProbe.Barrier)) is not (FileKind.File or FileKind.Directory)) continue;
            if (SpecFamily.TextFormat.CommonNames.Any(common => files.GetKind(Path.Join(below, common)) == FileKind.File)) continue;
            yield return Report(spec.Beginning, name);
        }
    }
}
