using VPythonTools.SpecLang.Diagnostics;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A spec has nothing in it.</summary>
public sealed class EmptySpec : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2806",
        "Empty spec",
        "This spec is empty: who gets it runs without packages, and no other spec is looked for. Write what is needed, or a comment that says that nothing is.",
        DiagnosticCategory.Probing,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds specs without a field and without a comment.",
        "An empty file is found like any other: it ends the search, and scripts run with the default Python and without packages. That can be meant, to keep a common spec "
            + "further up away; but it is also what a file is that somebody forgot to fill.",
        "(an empty file)",
        """
        # Nothing is needed here, and not what the spec further up has.
        """);

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Tree.Root.Fields.IsEmpty && spec.Text.Slice(spec.Document.Region!.Span).Trim(" \t\r\n#"u8).IsEmpty) yield return Report(spec.Document.Region.BeginGuard ?? spec.Beginning);
    }
}
