using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Documents;
using VPythonTools.SpecLang.Fixes;
using VPythonTools.SpecLang.Formatting;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Features.Actions;

/// <summary>What can be done with a spec at a place, in two steps: the list is cheap, and what an action changes is computed when it is chosen.</summary>
public static class SpecActions
{
    /// <summary>The key of the action that writes the newest versions of all wheels.</summary>
    public const string UpgradeAllKey = "upgradeAll";

    private const string FixAllKey = "fixAll";
    private const string FormatKey = "format";
    private const string SortKey = "sort";
    private const string AddMissingKey = "addMissing";
    private const string ToPartnerKey = "toPartner";
    private const string ToScriptKey = "toScript";
    private const string ToCommonKey = "toCommon";

    private static readonly string MissingDependencyId = new MissingDependency().Descriptor.Id;

    /// <summary>What can be done. Never fails; nothing in a file without a spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="findings">What was found in it, between specs included.</param>
    /// <param name="selection">The part of the text that is meant; empty for a cursor.</param>
    public static ImmutableArray<SpecAction> List(SpecAnalysis spec, IReadOnlyList<Diagnostic> findings, TextSpan selection)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(findings);
        var actions = ImmutableArray.CreateBuilder<SpecAction>();
        Diagnostic[] selected = [.. findings.Where(finding => Meets(finding.Span, selection))];
        foreach (IGrouping<(string Id, TextSpan Span), Diagnostic> place in selected.GroupBy(static finding => (finding.Id, finding.Span)))
        {
            // One place can have a kind of finding several times: a wheel that lacks several others.
            foreach ((int ordinal, Diagnostic finding) in place.Index()) AddFixes(actions, finding, ordinal);
        }
        if (spec.Document.Region is { } region && (region.Span.Touches(selection.Start) || region.Span.Touches(selection.End) || IsAtGuard(region, selection)))
        {
            AddWheels(actions, spec, findings, selection);
            AddSource(actions, spec, findings);
            AddMoves(actions, spec);
            foreach (Diagnostic finding in selected.DistinctBy(static finding => (finding.Id, finding.Span))) AddSuppressions(actions, spec, finding);
        }
        return actions.ToImmutable();
    }

    /// <summary>What an action changes; null when there is nothing to change, or the text is no longer the one of its list.</summary>
    /// <param name="spec">The spec, with the text of the list.</param>
    /// <param name="findings">What was found in it, as for the list.</param>
    /// <param name="key">The key of the action; one that is not of this program changes nothing.</param>
    public static SpecActionChange? Resolve(SpecAnalysis spec, IReadOnlyList<Diagnostic> findings, string key)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(key);
        string[] words = key.Split(' ');
        if (words is ["fix", ..]) return FindFinding(findings, words) is { } mended && Number(words, 5) is { } index && index < mended.Fixes.Length ? Edit(spec, mended.Fixes[index].Changes) : null;
        if (spec.Document.Region is null) return null;
        switch (words)
        {
            case [FixAllKey]:
                return Replace(spec, SpecFixer.Fix(spec.Document, spec.Host, spec.Settings, static _ => true, withUnsafe: false, out _));
            case [FormatKey]:
                return Edit(spec, SpecFormatter.Format(spec.Tree, spec.Settings.Format));
            case [SortKey]:
                return Edit(spec, SpecFormatter.SortWheels(spec.Tree));
            case [AddMissingKey] when !spec.Bound.HasErrors:
                var additions = DependencyAdditions.OfMissing(spec.Closure);
                return Edit(spec, new SpecEditor(spec.Tree).AddWheels(spec.Wheels, additions.Wheels), additions.Notes);
            case [UpgradeAllKey] when !spec.Bound.HasErrors:
                return Upgrade(spec, static _ => true);
            case ["upgrade", _] when !spec.Bound.HasErrors && Number(words, 1) is { } wheel:
                return Upgrade(spec, entry => entry.Index == wheel);
            case ["suppress", ..]:
                return FindFinding(findings, words) is { } suppressed && AnalysisSettings.IsConfigurable(suppressed.Descriptor) && SuppressionEdit.ForElement(spec, suppressed) is { } comment ? Edit(spec, [comment]) : null;
            case ["suppressInFile", ..]:
                return FindFinding(findings, words) is { } kind && AnalysisSettings.IsConfigurable(kind.Descriptor) ? Edit(spec, [SuppressionEdit.ForFile(spec, kind.Id)]) : null;
            case [ToPartnerKey] when SpecMove.PartnerOf(spec) is { } partner:
                return SpecMove.To(spec, partner);
            case [ToScriptKey] when spec.PartnerPath is { } script:
                return SpecMove.Into(spec, script);
            case [ToCommonKey] when SpecMove.CommonOf(spec) is { } common:
                return SpecMove.To(spec, common, $"{Path.GetFileName(common)} holds for every script of its directory, and of those below, that has no spec of its own");
            default:
                return null;
        }
    }

    private static void AddFixes(ImmutableArray<SpecAction>.Builder actions, Diagnostic finding, int ordinal)
    {
        for (int i = 0; i < finding.Fixes.Length; i++)
        {
            CodeFix fix = finding.Fixes[i];
            actions.Add(new(fix.Title, SpecActionKind.QuickFix, string.Create(CultureInfo.InvariantCulture, $"{KeyOf("fix", finding)} {ordinal} {i}")) { Diagnostic = finding, IsPreferred = i == 0 && fix.Safety == FixSafety.Safe });
        }
    }

    private static void AddWheels(ImmutableArray<SpecAction>.Builder actions, SpecAnalysis spec, IReadOnlyList<Diagnostic> findings, TextSpan selection)
    {
        if (spec.Bound.HasErrors) return;
        if (findings.Any(static finding => finding.Id == MissingDependencyId)) actions.Add(new("Add all missing wheels, with what they need", SpecActionKind.AddWheels, AddMissingKey));
        (WheelEntry Wheel, Diagnostic Finding)[] newer = [.. WheelUpgrades.FindNewer(spec)];
        foreach ((WheelEntry wheel, Diagnostic finding) in newer.Where(found => Meets(found.Wheel.Syntax.Span, selection)))
            actions.Add(new($"Upgrade '{wheel.Package?.Distribution.Value ?? wheel.Name}', with what it needs", SpecActionKind.Upgrade, $"upgrade {wheel.Index.ToString(CultureInfo.InvariantCulture)}") { Diagnostic = findings.FirstOrDefault(other => other.Id == finding.Id && other.Span == finding.Span) });
        if (newer.Length > 0) actions.Add(new(newer.Length == 1 ? "Upgrade the one wheel that has a newer version" : $"Upgrade all {newer.Length} wheels that have newer versions", SpecActionKind.Upgrade, UpgradeAllKey));
    }

    private static void AddSource(ImmutableArray<SpecAction>.Builder actions, SpecAnalysis spec, IReadOnlyList<Diagnostic> findings)
    {
        if (findings.Any(static finding => finding.Fixes.Any(static fix => fix.Safety == FixSafety.Safe))) actions.Add(new("Fix all that can safely be fixed", SpecActionKind.FixAll, FixAllKey));
        if (!SpecFormatter.Format(spec.Tree, spec.Settings.Format).IsEmpty) actions.Add(new("Format the spec", SpecActionKind.Format, FormatKey));
        if (!SpecFormatter.SortWheels(spec.Tree).IsEmpty) actions.Add(new("Sort the wheels", SpecActionKind.Sort, SortKey));
    }

    private static void AddMoves(ImmutableArray<SpecAction>.Builder actions, SpecAnalysis spec)
    {
        if (SpecMove.PartnerOf(spec) is { } partner)
            actions.Add(new($"Move the spec to {Path.GetFileName(partner)}", SpecActionKind.Move, ToPartnerKey) { Refusal = SpecMove.WhyNotTo(spec, partner) });
        if (spec.PartnerPath is { } script && Path.IsPathRooted(spec.Path))
            actions.Add(new($"Move the spec into {Path.GetFileName(script)}", SpecActionKind.Move, ToScriptKey) { Refusal = SpecMove.WhyNotInto(spec, script) });
        if (SpecMove.CommonOf(spec) is { } common)
            actions.Add(new($"Move the spec to {Path.GetFileName(common)}, for all scripts of the directory", SpecActionKind.Move, ToCommonKey) { Refusal = SpecMove.WhyNotTo(spec, common) });
    }

    private static void AddSuppressions(ImmutableArray<SpecAction>.Builder actions, SpecAnalysis spec, Diagnostic finding)
    {
        if (!AnalysisSettings.IsConfigurable(finding.Descriptor)) return;
        if (SuppressionEdit.ForElement(spec, finding) is not null) actions.Add(new($"Suppress {finding.Id} here", SpecActionKind.Suppress, KeyOf("suppress", finding)) { Diagnostic = finding });
        actions.Add(new($"Suppress {finding.Id} in this spec", SpecActionKind.Suppress, KeyOf("suppressInFile", finding)) { Diagnostic = finding });
    }

    private static string KeyOf(string verb, Diagnostic finding) => string.Create(CultureInfo.InvariantCulture, $"{verb} {finding.Id} {finding.Span.Start} {finding.Span.Length}");

    private static Diagnostic? FindFinding(IReadOnlyList<Diagnostic> findings, string[] words) => words.Length >= 4 && Number(words, 2) is { } start && Number(words, 3) is { } length
        ? findings.Where(finding => finding.Id == words[1] && finding.Span == new TextSpan(start, length)).ElementAtOrDefault(Number(words, 4) ?? 0)
        : null;

    private static int? Number(string[] words, int index) => index < words.Length && int.TryParse(words[index], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static bool Meets(TextSpan span, TextSpan selection) => span.Start <= selection.End && selection.Start <= span.End;

    private static bool IsAtGuard(SpecRegion region, TextSpan selection) =>
        region.BeginGuard is { } begin && Meets(begin, selection) || region.EndGuard is { } end && Meets(end, selection);

    private static SpecActionChange? Upgrade(SpecAnalysis spec, Func<WheelEntry, bool> isWanted)
    {
        var upgrades = WheelUpgrades.Of(spec, isWanted);
        return Replace(spec, upgrades.Text, upgrades.Lines);
    }

    private static SpecActionChange? Replace(SpecAnalysis spec, SourceText text, ImmutableArray<string> notes = default) =>
        spec.Text.Bytes.SequenceEqual(text.Bytes) || TextChange.Between(spec.Text, text) is not { } change ? null : Edit(spec, [change], notes);

    private static SpecActionChange? Edit(SpecAnalysis spec, ImmutableArray<TextChange> changes, ImmutableArray<string> notes = default) =>
        changes.IsEmpty ? null : new([new FileChange.Edit(spec.Path, spec.Text, changes)], notes.IsDefault ? [] : notes);
}
