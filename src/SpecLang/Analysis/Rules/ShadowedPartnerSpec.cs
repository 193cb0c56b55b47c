using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Probing;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The partner of a link keeps that of the script behind the link from being found.</summary>
public sealed class ShadowedPartnerSpec : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2803",
        "Link with a spec of its own",
        "'{0}' is a link, and run by this name its script gets this spec instead of '{1}'. Remove this one, unless they are to differ.",
        DiagnosticCategory.Probing,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds partner specs of links to scripts that have another partner spec where they really are. It is told at the spec beside the link: which links lead to a script, no file says.",
        "The same script gets one environment by one name and another by the other, which is seldom meant and hard to see.",
        "(`tool.py.vpython3` beside the link `tool.py`, which leads to `../lib/tool.py` with `../lib/tool.py.vpython3` beside it)",
        "(only `../lib/tool.py.vpython3`)");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.PartnerPath is not { } script) yield break;
        IFileSystem files = spec.Host.Files;
        if (files.ResolveLinks(script) is not { } real || real == script) yield break;
        string other = real + SpecFamily.TextFormat.PartnerSuffix;
        // A link beside the link, to the spec beside the script, is the same spec; and so is this one when a directory on its way is the link.
        if (files.GetKind(other) != FileKind.File || files.ResolveLinks(other) == (files.ResolveLinks(spec.Path) ?? spec.Path)) yield break;
        if (files.TryReadRepeatableFile(other, out _) is not { } bytes || spec.Text.Bytes.SequenceEqual(bytes)) yield break;
        yield return Report(spec.Beginning, Path.GetFileName(script), other);
    }
}
