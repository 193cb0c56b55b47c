using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>The tags of a wheel leave it out on every platform that the spec can be for.</summary>
public sealed class WheelForNoPlatform : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2405",
        "Wheel that no platform gets",
        "No supported platform with {0} gets this wheel, as its tags say. Mend the tags, or remove the wheel.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Information);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a wheel whose tags match on none of the supported platforms, with the spec's Python, and on none of its `verify_pep425_tag`s.",
        "It is never installed. Often its tags are those of a Python that the spec once was for.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
          match_tag: < abi: "cp27mu" platform: "manylinux1_x86_64" >
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/six-py2_py3"
          version: "version:1.15.0"
          match_tag: < platform: "manylinux1_x86_64" >
        >
        """,
        "Removes the wheel; unsafe: the tags may be what is wrong.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Pythons.IsEmpty) yield break;
        TargetPlatform[] platforms = [.. spec.Platforms.Union(spec.SupportedPlatforms)];
        SpecEditor editor = spec.Editor;
        string pythons = spec.Pythons is [{ } only] ? $"Python {only}" : "any Python";
        foreach (WheelEntry wheel in spec.Wheels)
        {
            // Other rules say why when a tag is empty, misspelt or cancelled, and what is wrong then.
            if (wheel.IsForAll || !wheel.MatchTags.Concat(wheel.NotMatchTags).All(IsWellFormed) || wheel.Message.MatchTag.Any(wheel.Message.NotMatchTag.Contains)) continue;
            if (platforms.Any(platform => platform.Gets(wheel))) continue;
            yield return Report(wheel.NameSpan, pythons) with { Tags = DiagnosticTags.Unnecessary, Fixes = [new("Remove this wheel", FixSafety.Unsafe, editor.Remove(wheel))] };
        }
    }

    private static bool IsWellFormed(TagEntry tag) => !tag.IsEmpty && TagVocabulary.IsOrEmpty(tag.Message.Python, tag.Message.Abi, tag.Message.Platform);
}
