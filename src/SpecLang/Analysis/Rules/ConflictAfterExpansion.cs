using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>Two names that differ in the text are one on some platform.</summary>
public sealed class ConflictAfterExpansion : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2304",
        "One package under two names",
        "On {0} this is the same package as '{1}' at line {2}. Remove one of the two, or tell them apart by their tags.",
        DiagnosticCategory.Wheels,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds two wheels whose names become the same when the template variables of some platform are put in.",
        "The spec is refused on these platforms, and works on all others: who wrote it may never see it.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/lxml/${vpython_platform}"
          version: "version:4.6.2"
        >
        wheel: <
          name: "infra/python/wheels/lxml/linux-amd64_cp38_cp38"
          version: "version:4.6.2"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/lxml/${vpython_platform}"
          version: "version:4.6.2"
        >
        """,
        "Removes the one with the platform written out, else the second; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelPair pair in WheelPair.OfProblems(spec, SelectionProblemKind.DuplicateAfterExpansion))
        {
            WheelEntry removed = pair.First.Package is { HasHardCodedPlatform: true } ? pair.First : pair.Second;
            yield return Report(pair.Second.NameSpan, spec.Describe(pair.Platforms), pair.First.Name, spec.Text.GetLine(pair.First.NameSpan.Start) + 1) with
            {
                Related = [new(spec.Text, pair.First.NameSpan, "the same package")],
                Fixes = [new($"Remove '{removed.Name}'", FixSafety.Unsafe, editor.Remove(removed))],
            };
        }
    }
}
