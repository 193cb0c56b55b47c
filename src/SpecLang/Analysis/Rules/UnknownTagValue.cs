using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A tag has a value that no interpreter on any machine has.</summary>
public sealed class UnknownTagValue : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2403",
        "Tag that no platform has",
        "No platform has {0} '{1}', so this never matches. {2}",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a value in `match_tag`, `not_match_tag` or `verify_pep425_tag` that no Python has among its tags: misspelt ones, and names of other tools for a platform.",
        "Tags are compared letter by letter. One that never matches leaves the wheel out, or in, on the platform that was meant, without a word.",
        """
        wheel: <
          name: "infra/python/wheels/tzdata-py2_py3"
          version: "version:2023.4"
          match_tag: < platform: "win-amd64" >
        >
        """,
        """
        wheel: <
          name: "infra/python/wheels/tzdata-py2_py3"
          version: "version:2023.4"
          match_tag: < platform: "win_amd64" >
        >
        """,
        "Writes the value that is nearest; unsafe: the wheel is installed elsewhere then.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        foreach (TagEntry tag in spec.Wheels.SelectMany(static wheel => wheel.MatchTags.Concat(wheel.NotMatchTags)).Concat(spec.VerifyTags))
        {
            foreach ((BoundValue part, string value) in tag.Parts)
            {
                (bool isKnown, string? nearest, string name) = part.Field.Name switch
                {
                    "python" => (TagVocabulary.IsPython(value), TagVocabulary.NearestPython(value), "the Python"),
                    "abi" => (TagVocabulary.IsAbi(value), TagVocabulary.NearestAbi(value), "the ABI"),
                    _ => (TagVocabulary.IsPlatform(value), TagVocabulary.NearestPlatform(value), "the platform"),
                };
                if (isKnown) continue;
                if (nearest == value) nearest = null;
                yield return Report(part.Syntax.Span, name, value, nearest is null ? "Write one that PEP 425 knows." : $"Write '{nearest}'.") with { Fixes = Write(part, nearest, FixSafety.Unsafe) };
            }
        }
    }
}
