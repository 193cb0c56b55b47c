using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A comment suppresses a kind of finding that there is not.</summary>
public sealed class UnknownSuppressionCode : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY4102",
        "Unknown code in a suppression",
        "'{0}' is no code of a finding, so this suppresses nothing. {1}",
        DiagnosticCategory.Configuration,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds words in `# vpython: disable=CODE` comments that are neither the code of a finding nor `all`.",
        "The comment does not do what somebody relies on.",
        """
        # vpython: disable=2103 -- from a mirror
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        """
        # vpython: disable=VPY2103 -- from a mirror
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        """,
        "Writes the code that has these digits; safe. Where there is none, there is nothing to mend.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach ((string id, TextSpan span) in SuppressionList.Read(spec.Tree).Comments.SelectMany(static comment => comment.Codes))
        {
            if (KnownCodes.Contains(id)) continue;
            string? meant = KnownCodes.FindMeant(id);
            yield return Report(span, id, meant is null ? "'vpython3 rule --all' lists the codes." : $"Write '{meant}'.") with
            {
                Fixes = meant is null ? [] : [new($"Write '{meant}'", FixSafety.Safe, new TextChange(span, meant))],
            };
        }
    }
}
