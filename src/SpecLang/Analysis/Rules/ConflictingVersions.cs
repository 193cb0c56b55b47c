using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A wheel stands in the spec in two versions.</summary>
public sealed class ConflictingVersions : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2302",
        "Two versions of one wheel",
        "'{0}' is wanted in '{1}' at line {2}, and here in '{3}', on {4}. Remove one of the two, or tell them apart by their tags.",
        DiagnosticCategory.Wheels,
        DiagnosticSeverity.Error);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a package that a platform gets in two versions.",
        "The spec is refused on these platforms, and no script of it runs there.",
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
        >
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.16.0"
        >
        """,
        "Removes the older one; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelPair pair in Find(spec))
        {
            (WheelEntry older, WheelEntry newer) = pair.First.Version <= pair.Second.Version ? (pair.First, pair.Second) : (pair.Second, pair.First);
            yield return Report(pair.Second.VersionSpan, pair.Second.Name, pair.First.Message.Version, spec.Text.GetLine(pair.First.VersionSpan.Start) + 1, pair.Second.Message.Version, spec.Describe(pair.Platforms)) with
            {
                Related = [new(spec.Text, pair.First.VersionSpan, "the first one")],
                Fixes =
                [
                    new($"Remove '{older.Message.Version}'", FixSafety.Unsafe, editor.RemoveAll(Same(spec, older))),
                    new($"Remove '{newer.Message.Version}'", FixSafety.Unsafe, editor.RemoveAll(Same(spec, newer))),
                ],
            };
        }
    }

    /// <summary>A version that stands twice would still be there if one of them went.</summary>
    private static IEnumerable<WheelEntry> Same(SpecAnalysis spec, WheelEntry wheel) => spec.Wheels.Where(other => other.Name == wheel.Name && other.Message.Version == wheel.Message.Version);

    private static IEnumerable<WheelPair> Find(SpecAnalysis spec) => spec.Platforms.IsEmpty
        ? WheelPair.WithoutPlatforms(spec, static wheel => wheel.Name, static (first, second) => first.Message.Version != second.Message.Version)
        : WheelPair.OfProblems(spec, SelectionProblemKind.ConflictingVersions);
}
