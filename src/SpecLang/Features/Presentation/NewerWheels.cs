using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Presentation;

/// <summary>The wheels of a spec that have a newer version, as the linter's rule finds them.</summary>
internal static class NewerWheels
{
    /// <summary>The findings that are neither turned off nor suppressed, with the newer version and the change that writes it.</summary>
    public static IEnumerable<(Diagnostic Finding, WheelVersion Version, ImmutableArray<TextChange> Changes)> Find(SpecAnalysis spec, SuppressionList suppressions)
    {
        var rule = new NewerVersion();
        if (spec.Settings.SeverityOf(rule.Descriptor) is null) yield break;
        foreach ((Diagnostic finding, WheelVersion version) in rule.Find(spec))
        {
            if (!suppressions.Suppresses(finding)) yield return (finding, version, finding.Fixes is [var fix, ..] ? [.. fix.Changes] : []);
        }
    }
}
