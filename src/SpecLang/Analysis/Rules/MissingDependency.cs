using System.Collections.Immutable;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A wheel needs a distribution that no wheel of the spec is of.</summary>
public sealed class MissingDependency : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2601",
        "Missing dependency",
        "'{0}' needs '{1}'{2}, which the spec has no wheel of{3}. {4}",
        DiagnosticCategory.Dependencies,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds distributions that wheels of the spec need (`Requires-Dist`, with its markers, on each platform) and that no wheel of the spec is of. Where the "
            + "requirements of this version are not known, those of a version of the same minor release, or of an older and a newer one, are taken for them; then it is a hint, and the "
            + "message names the version. What is needed only by something that is missing itself is not found by its own.",
        "Nothing but the spec is installed. What a wheel needs and does not get is an `ImportError`, at the latest when the code that needs it runs; and an installer that "
            + "checks requirements makes no environment at all.",
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/rsa-py3"
          version: "version:4.7.2"
        >
        """,
        """
        python_version: "3.11"
        wheel: <
          name: "infra/python/wheels/rsa-py3"
          version: "version:4.7.2"
        >
        # via rsa
        wheel: <
          name: "infra/python/wheels/pyasn1-py2_py3"
          version: "version:0.4.8"
        >
        """,
        "Adds a wheel of it and of all that it needs in turn, each with a comment that says what it is for. Unsafe: the environment changes.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        DependencyClosure closure = spec.Closure;
        ILookup<DistributionName, MissingDistribution> missingFor = closure.Missing
            .SelectMany(static missing => missing.NeededBy.Select(need => (need.By.Distribution, Missing: missing)).DistinctBy(static pair => pair.Distribution))
            .ToLookup(static pair => pair.Distribution, static pair => pair.Missing);
        foreach (MissingDistribution missing in closure.Missing)
        {
            if (missing.Certainty == NeedCertainty.Guess) continue;
            WheelNeed need = missing.NeededBy.Where(static need => need.By.Index is not null).MaxBy(static need => need.Certainty)!;
            WheelEntry wheel = spec.Wheels[need.By.Index!.Value];
            string where = missing.Platforms.Length == need.Platforms.Length && need.Platforms.Length == closure.Wheels[0].Platforms.Length ? "" : $" on {TargetPlatform.Describe(missing.Platforms)}";
            string source = need.Knowledge.IsExact ? "" : $" (as of {need.Knowledge.Metadata.Version}, which is what the catalogue knows)";
            yield return Report(wheel.NameSpan, wheel.Package!.Distribution, need.Requirement.Name, source, where, StepFor(missing)) with
            {
                Severity = missing.Certainty == NeedCertainty.Exact ? Descriptor.DefaultSeverity : DiagnosticSeverity.Hint,
                Fixes = missing is { IsThereElsewhere: false, Choice: not null } ? [new($"Add '{missing.Name}'", FixSafety.Unsafe, Add(spec, missing, missingFor))] : [],
            };
        }
    }

    private static string StepFor(MissingDistribution missing) =>
        missing.IsThereElsewhere ? "There is one, but its tags keep it away there."
        : missing.Choice is not { } choice ? "The catalogue has none that suits."
        : $"Add '{choice.Package.Name}', such as {choice.Version.Version.Number}.";

    /// <summary>The wheel, and what is missing for it in turn.</summary>
    private static ImmutableArray<TextChange> Add(SpecAnalysis spec, MissingDistribution missing, ILookup<DistributionName, MissingDistribution> missingFor)
    {
        var added = new Dictionary<string, MissingDistribution>(StringComparer.Ordinal);
        var pending = new Queue<MissingDistribution>([missing]);
        while (pending.TryDequeue(out MissingDistribution? next))
        {
            if (next.IsThereElsewhere || next.Choice is null || !added.TryAdd(next.Name.Value, next)) continue;
            foreach (MissingDistribution other in missingFor[next.Name]) pending.Enqueue(other);
        }
        return spec.Editor.AddWheels(spec.Wheels, added.Values.Select(static one => (one.Choice!.Package.Name, (string?)one.Choice.Version.Version.Text, one.Comment)));
    }
}
