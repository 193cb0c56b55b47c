using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A spec is not laid out as the formatter lays it out.</summary>
public sealed class Layout : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY4001",
        "Not in the usual layout",
        "From here on the spec is not laid out as 'vpython3 fmt' does it. Run that.",
        DiagnosticCategory.Style,
        DiagnosticSeverity.Hint);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds the first place where `vpython3 fmt` would change the layout of a spec. Its settings hold here, too; the order of wheels is another rule's.",
        "Specs that all look the same are read faster, and changes to them show nothing but what changes.",
        """
        wheel {
            name : "infra/python/wheels/six-py2_py3";
            version : "version:1.15.0";
        }
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Lays out the whole spec; safe. Names, values and comments stay.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ImmutableArray<TextChange> changes = SpecFormatter.Format(spec.Tree, spec.Settings.Format with { SortsWheels = false });
        if (changes.IsEmpty) yield break;
        yield return Report(changes[0].Span) with { Fixes = [new("Lay out the spec", FixSafety.Safe, changes)] };
    }
}
