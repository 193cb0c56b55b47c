using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>The newest versions that all platforms of a spec have, and what these need besides.</summary>
/// <param name="Text">The text of the file with them.</param>
/// <param name="Lines">What has changed, and what the user should know, a line each.</param>
public sealed record WheelUpgrades(SourceText Text, ImmutableArray<string> Lines)
{
    /// <summary>Computes them for a spec without errors.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="isWanted">Which wheels are to be upgraded.</param>
    public static WheelUpgrades Of(SpecAnalysis spec, Func<WheelEntry, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(isWanted);
        IEnumerable<TextChange> newer = FindNewer(spec).Where(found => isWanted(found.Wheel)).SelectMany(static found => found.Finding.Fixes.Take(1)).SelectMany(static fix => fix.Changes);
        SpecAnalysis upgraded = spec.With(spec.Text.WithChanges(newer));
        List<string> lines =
        [
            .. spec.Wheels.Zip(upgraded.Wheels).Where(static pair => pair.First.Version.Text != pair.Second.Version.Text)
                .Select(static pair => $"{pair.First.Name} {pair.First.Version.Text} -> {pair.Second.Version.Text}"),
        ];
        var additions = DependencyAdditions.Of(spec, upgraded.Closure.Wheels);
        lines.AddRange(additions.Wheels.Select(static added => $"added {added.Name} {added.Version} ({added.Comment})"));
        lines.AddRange(additions.Notes.Select(static note => $"note: {note}"));
        // Bounds that a new version breaks are told: which of the two has to give way is not ours to say.
        HashSet<string> conflictsBefore = [.. new DependencyVersion().Analyze(spec).Select(static finding => finding.Message)];
        lines.AddRange(new DependencyVersion().Analyze(upgraded).Select(static finding => finding.Message).Where(message => !conflictsBefore.Contains(message)).Select(static message => $"note: {message}"));
        return new(upgraded.Text.WithChanges(new SpecEditor(upgraded.Tree).AddWheels(upgraded.Wheels, additions.Wheels)), [.. lines]);
    }

    /// <summary>The wheels of which there is something newer. What the rule says is newer is what is written.</summary>
    internal static IEnumerable<(WheelEntry Wheel, Diagnostic Finding)> FindNewer(SpecAnalysis spec)
    {
        ILookup<TextSpan, WheelEntry> wheels = spec.Wheels.ToLookup(static wheel => wheel.VersionSpan);
        return new NewerVersion().Analyze(spec).Where(static finding => !finding.Fixes.IsEmpty).SelectMany(finding => wheels[finding.Span].Select(wheel => (wheel, finding)));
    }
}
