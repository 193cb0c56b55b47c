using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis.Rules;

/// <summary>A spec with wheels for certain platforms does not say which platforms it is for.</summary>
public sealed class MissingVerifyTags : SpecRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } = new(
        "VPY2406",
        "No verify_pep425_tag",
        "The spec has wheels for certain platforms, and no 'verify_pep425_tag' says for which it is meant. The Go vpython3 verifies nothing then; add one for each platform.",
        DiagnosticCategory.Tags,
        DiagnosticSeverity.Hint);

    /// <inheritdoc/>
    public override RuleDocumentation Documentation => new(
        "Finds a spec in a file of its own that has a wheel with a template in its name, and no `verify_pep425_tag`.",
        "`vpython3 -vpython-tool verify`, which presubmit scripts call, looks only at the tags that the spec names. These rules judge such a spec for every supported platform.",
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0.chromium.3"
        >
        """,
        """
        python_version: "3.8"
        wheel: <
          name: "infra/python/wheels/psutil/${vpython_platform}"
          version: "version:5.8.0.chromium.3"
        >
        verify_pep425_tag: <python: "cp38" abi: "cp38" platform: "manylinux1_x86_64">
        """,
        "Adds the tags of all supported platforms with the spec's Python; unsafe: some may not be meant.");

    /// <inheritdoc/>
    public override bool LooksAtBrokenSpecs => false;

    /// <inheritdoc/>
    public override IEnumerable<Diagnostic> Analyze(SpecAnalysis spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Spec.VerifyPep425Tag.Count > 0 || spec.IsForFormerTool || spec.Document.Region is not { IsEmbedded: false }) yield break;
        if (spec.Wheels.FirstOrDefault(static wheel => wheel.Package is { Form: WheelPackageForm.Platform, HasHardCodedPlatform: false }) is not { } wheel) yield break;
        yield return Report(wheel.NameSpan) with { Fixes = spec.Pythons is [{ } python] ? [new("Add the tags of all supported platforms", FixSafety.Unsafe, AddTags(spec, python))] : [] };
    }

    private static TextChange AddTags(SpecAnalysis spec, PythonMinor python)
    {
        IEnumerable<Pep425Tag> tags = spec.Settings.Platforms.WithPython(python).Select(static platform => platform.RepresentativeTag).Distinct();
        return spec.Editor.Append(string.Join('\n', tags.Select(static tag => $"verify_pep425_tag: <python: \"{tag.Python}\" abi: \"{tag.Abi}\" platform: \"{tag.Platform}\">")));
    }
}
