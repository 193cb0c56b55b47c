using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Platforms;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>What is worth to be known about the wheels of a spec without asking: what names are here, what is newer, where builds are missing.</summary>
public static class InlayHints
{
    /// <summary>
    /// The hints in a part of a spec, in order. Which versions are newer and which builds are missing is for the rules of the linter to say: where a rule is turned off or a
    /// comment suppresses it, there is no hint.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="range">The part; a hint at its end is in it.</param>
    /// <param name="machine">The machine that names are expanded for; null for no such hints.</param>
    public static ImmutableArray<InlayHint> Of(SpecAnalysis spec, TextSpan range, CipdPlatform? machine)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Document.Region is null) return [];
        var hints = new List<InlayHint>();
        if (machine is { } here && FindHere(spec, here) is { } platform) hints.AddRange(spec.Wheels.Select(wheel => Expand(wheel, platform)).OfType<InlayHint>());
        var suppressions = SuppressionList.Read(spec.Tree);
        hints.AddRange(NewerWheels.Find(spec, suppressions).Select(static newer => new InlayHint(newer.Finding.Span.End, $"newer: {newer.Version.Number}", InlayHintKind.NewerVersion, newer.Finding.Message, newer.Changes)));
        hints.AddRange(FindMissing(spec, suppressions));
        return [.. hints.Where(hint => range.Touches(hint.Offset)).OrderBy(static hint => hint.Offset).ThenBy(static hint => hint.Kind)];
    }

    /// <summary>The platform that a spec is for and that a machine has, with the oldest Python that the spec can run with; null where it has none.</summary>
    private static TargetPlatform? FindHere(SpecAnalysis spec, CipdPlatform machine) => spec.SupportedPlatforms.FirstOrDefault(platform => platform.Supported?.CipdPlatform == machine);

    private static InlayHint? Expand(WheelEntry wheel, TargetPlatform here)
    {
        if (wheel.NameValue is not { } name || wheel.Template is not { Variables: { IsEmpty: false } variables } template) return null;
        int offset = name.Syntax.Span.End;
        if (!here.Gets(wheel)) return new(offset, "not here", InlayHintKind.Expansion, $"Not for {here.Name}", []);
        if (template.Expand(here.Variables) is not TemplateExpansion.Expanded { Name: var expanded }) return null;
        string text = variables is [var only] && here.Variables.TryGetValue(only.Name, out string? value) ? value : expanded.Value;
        return new(offset, $"= {text}", InlayHintKind.Expansion, $"{expanded} for {here.Name}", []);
    }

    private static IEnumerable<InlayHint> FindMissing(SpecAnalysis spec, SuppressionList suppressions)
    {
        var rule = new MissingBuild();
        if (spec.Settings.SeverityOf(rule.Descriptor) is null) yield break;
        foreach ((WheelEntry wheel, _, TargetPlatform[] holes) in MissingBuild.FindHoles(spec))
        {
            string[] names = [.. holes.Select(static hole => hole.Name).Distinct()];
            var finding = Diagnostic.Create(rule.Descriptor, wheel.VersionSpan, wheel.Name, wheel.Version.Number, TargetPlatform.Describe(holes), "");
            if (suppressions.Suppresses(finding)) continue;
            string text = names.Length == 1 ? $"no build: {names[0]}" : $"no build: {names[0]} and {names.Length - 1} more";
            yield return new(wheel.VersionSpan.End, text, InlayHintKind.MissingPlatforms, finding.Message.TrimEnd(), []);
        }
    }
}
