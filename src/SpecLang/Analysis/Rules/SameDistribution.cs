using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>Two packages of a spec have the same distribution in them.</summary>
public sealed class SameDistribution : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2303",
        "Two packages of one distribution",
        "'{0}' at line {1} and '{2}' are the same distribution, and {3} gets both. Remove one of the two.",
        DiagnosticCategory.Wheels,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds two packages with different names and the same distribution, such as `six-py3` and `six-py2_py3`, that a platform gets together.",
        "They install the same files, and which of them stay is chance; in different versions they contradict each other, and the environment may not be made at all.",
        """
        wheel: <
          name: "infra/python/wheels/google-auth-py2_py3"
          version: "version:1.25.0"
        >
        wheel: <
          name: "infra/python/wheels/google-auth-py3"
          version: "version:2.16.2"
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/google-auth-py3"
          version: "version:2.16.2"
        >
        """,
        "Removes the older one, or the second where both have the same version; unsafe.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelPair pair in Find(spec))
        {
            WheelEntry removed = pair.First.Version < pair.Second.Version ? pair.First : pair.Second;
            yield return Report(pair.Second.NameSpan, pair.First.Name, spec.Text.GetLine(pair.First.NameSpan.Start) + 1, pair.Second.Name, spec.Describe(pair.Platforms)) with
            {
                Related = [new(spec.Text, pair.First.NameSpan, "the first one")],
                Fixes = [new($"Remove '{removed.Name}'", FixSafety.Unsafe, editor.RemoveAll(Same(spec, pair, removed)))],
            };
        }
    }

    /// <summary>The package may stand twice, and would still be there if one of them went.</summary>
    private static IEnumerable<WheelEntry> Same(SpecAnalysis spec, WheelPair pair, WheelEntry removed) => spec.WheelsByName[removed.Name].Where(other =>
        other == removed || (pair.Platforms.Count == 0 ? other.IsForAll : pair.Platforms.Any(platform => platform.Gets(other))));

    private static IEnumerable<WheelPair> Find(SpecAnalysis spec) => spec.Platforms.IsEmpty
        ? WheelPair.WithoutPlatforms(spec, static wheel => wheel.Package?.Distribution ?? default, static (first, second) => first.Package is not null && first.Name != second.Name)
        : WheelPair.WithSame<DistributionName>(spec, static wheel => wheel.Package?.Distribution);
}
