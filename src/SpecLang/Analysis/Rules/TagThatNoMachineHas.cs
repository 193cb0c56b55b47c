using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Schema;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A tag names an architecture of Linux as CIPD does, and Python says it otherwise.</summary>
public sealed class TagThatNoMachineHas : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2410",
        "Tag that only verification has",
        "No machine has '{0}': Python there says '{1}'. {2}",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Warning);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds `linux_arm64`, and other tags of Linux with `arm64` or `i386`, in a `match_tag` or `not_match_tag` where the wheel has no tag that says the same as Python does: `linux_aarch64`, `linux_i686`.",
        "A `verify_pep425_tag` may be written `linux_arm64`, and then the tag matches when the spec is verified. On the machine itself it does not: a wheel that was excluded is wanted there after all, and the environment cannot be made.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/lxml/${vpython_platform}"
          version: "version:4.6.2"
          not_match_tag: < platform: "linux_arm64" >
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/lxml/${vpython_platform}"
          version: "version:4.6.2"
          not_match_tag: < platform: "linux_aarch64" >
        >
        """,
        "Adds the tag as Python says it where a `verify_pep425_tag` has this one, else writes it in its place; unsafe: the wheel is installed elsewhere then.");

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SpecEditor editor = spec.Editor;
        foreach (WheelEntry wheel in spec.Wheels)
        {
            foreach ((TagEntry tag, bool isMatch) in wheel.MatchTags.Select(static tag => (tag, true)).Concat(wheel.NotMatchTags.Select(static tag => (tag, false))))
            {
                if (ToPython(tag.Message.Platform) is not { } right || HasBoth(wheel, tag.Message, right, isMatch)) continue;
                bool isVerified = spec.Spec.VerifyPep425Tag.Any(verified => verified.Platform == tag.Message.Platform);
                Binding.BoundValue part = tag.Parts.Last(static part => part.Part.Field.Name == "platform").Part;
                string field = isMatch ? "match_tag" : "not_match_tag";
                yield return Report(part.Syntax.Span, tag.Message.Platform, right, isVerified ? $"Add a '{field}' with that; this one is for verification alone." : "Write that.") with
                {
                    Fixes = isVerified
                        ? !spec.Bound.HasErrors ? [new($"Add '{right}'", FixSafety.Unsafe, editor.AddField(wheel.Syntax, Field(field, tag.Message, right)))] : []
                        : Write(part, right, FixSafety.Unsafe),
                };
            }
        }
    }

    /// <summary>The tag as Python on such a machine says it; null when it is as Python says it.</summary>
    private static string? ToPython(string platform) => platform switch
    {
        "linux_arm64" or "manylinux1_arm64" or "manylinux2014_arm64" => "linux_aarch64",
        "linux_i386" or "manylinux1_i386" or "manylinux2014_i386" => "linux_i686",
        _ => null,
    };

    private static bool HasBoth(WheelEntry wheel, PEP425Tag tag, string right, bool isMatch) =>
        (isMatch ? wheel.Message.MatchTag : wheel.Message.NotMatchTag).Any(other => other.Platform == right && other.Python == tag.Python && other.Abi == tag.Abi);

    private static string Field(string name, PEP425Tag tag, string platform) =>
        $"{name}: < {Part("python", tag.Python)}{Part("abi", tag.Abi)}platform: {SpecEditor.Quote(platform)} >";

    private static string Part(string name, string value) => value.Length == 0 ? "" : $"{name}: {SpecEditor.Quote(value)} ";
}
