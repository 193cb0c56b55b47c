using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;
using VPythonTools.SpecLang.Analysis.Rules;
using VPythonTools.SpecLang.Diagnostics;
using VPythonTools.SpecLang.Packages.Dependencies;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Fixes;

/// <summary>The newest versions that all platforms of a spec have, and what these need besides.</summary>
/// <param name="Text">The text of the file with them.</param>
/// <param name="Lines">What has changed, and what the user should know, a line each.</param>
public sealed record WheelUpgrades(SourceText Text, ImmutableArray<string> Lines)
{
    /// <summary>
    /// Computes them for a spec without errors. What a newer version is known to need is added, and a wheel outside its bounds is raised with it; where neither can be
    /// done, the wheel stays as it is.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="isWanted">Which wheels are to be upgraded.</param>
    public static WheelUpgrades Of(SpecAnalysis spec, Func<WheelEntry, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(isWanted);
        (WheelEntry Wheel, Diagnostic Finding)[] newer = [.. FindNewer(spec).Where(found => isWanted(found.Wheel))];
        var refused = new SortedDictionary<int, string>();
        Attempt attempt;
        do
        {
            attempt = Attempt.With(spec, newer.Where(found => !refused.ContainsKey(found.Wheel.Index)));
        }
        while (attempt.Refuse(refused));

        SpecAnalysis upgraded = attempt.Upgraded;
        List<string> lines =
        [
            .. spec.Wheels.Zip(upgraded.Wheels).Where(static pair => pair.First.Version.Text != pair.Second.Version.Text)
                .Select(static pair => $"{pair.First.Name} {pair.First.Version.Text} -> {pair.Second.Version.Text}"),
        ];
        var additions = DependencyAdditions.Of(spec, upgraded.Closure.Wheels);
        lines.AddRange(additions.Wheels.Select(static added => $"added {added.Name} {added.Version} ({added.Comment})"));
        lines.AddRange(refused.Select(pair => $"note: {spec.Wheels[pair.Key].Name} stays at {spec.Wheels[pair.Key].Version.Number}: {pair.Value}"));
        lines.AddRange(additions.Notes.Select(static note => $"note: {note}"));
        return new(upgraded.Text.WithChanges(new SpecEditor(upgraded.Tree).AddWheels(upgraded.Wheels, additions.Wheels)), [.. lines]);
    }

    /// <summary>The wheels of which there is something newer. What the rule says is newer is what is written.</summary>
    internal static IEnumerable<(WheelEntry Wheel, Diagnostic Finding)> FindNewer(SpecAnalysis spec)
    {
        ILookup<TextSpan, WheelEntry> wheels = spec.Wheels.ToLookup(static wheel => wheel.VersionSpan);
        return new NewerVersion().Analyze(spec).Where(static finding => !finding.Fixes.IsEmpty).SelectMany(finding => wheels[finding.Span].Select(wheel => (wheel, finding)));
    }

    /// <summary>The spec with some newer versions, and with the wheels raised that these refuse.</summary>
    private sealed class Attempt
    {
        private readonly SpecAnalysis _before;

        /// <summary>The wheels that were changed, each with the upgrade for whose sake: itself, or the one that did not want it as it was.</summary>
        private readonly Dictionary<int, int> _causes;

        private Attempt(SpecAnalysis before, SpecAnalysis upgraded, Dictionary<int, int> causes) => (_before, Upgraded, _causes) = (before, upgraded, causes);

        public SpecAnalysis Upgraded { get; private set; }

        public static Attempt With(SpecAnalysis spec, IEnumerable<(WheelEntry Wheel, Diagnostic Finding)> upgrades)
        {
            (WheelEntry Wheel, Diagnostic Finding)[] all = [.. upgrades];
            var attempt = new Attempt(spec, spec.With(spec.Text.WithChanges(all.SelectMany(static found => found.Finding.Fixes[0].Changes))), all.ToDictionary(static found => found.Wheel.Index, static found => found.Wheel.Index));
            while (attempt.Raise())
            {
            }
            return attempt;
        }

        /// <summary>Takes back the upgrades that leave the spec worse than it was. A wheel that was wrong before is left so.</summary>
        /// <returns>Whether there were any.</returns>
        public bool Refuse(SortedDictionary<int, string> refused)
        {
            int count = refused.Count;
            foreach ((WheelEntry wheel, WheelNeed broken) in FindNewConflicts())
            {
                // Of two that have both changed, the one with the bounds gives way: its former version was content with the other.
                if ((CauseOf(broken.By) ?? CauseOf(wheel.Index)) is { } cause)
                    refused.TryAdd(cause, $"{Describe(broken)}, and that is {wheel.Version.Number}");
            }
            Dictionary<string, NeedCertainty> missingBefore = DependencyAdditions.CertaintiesOf(_before.Closure);
            foreach (MissingDistribution missing in Upgraded.Closure.Missing.Where(static missing => missing is { Choice: null, IsThereElsewhere: false, Certainty: NeedCertainty.Exact }))
            {
                if (missingBefore.TryGetValue(missing.Name.Value, out NeedCertainty certainty) && certainty == NeedCertainty.Exact) continue;
                foreach (WheelNeed need in missing.NeededBy)
                {
                    if (CauseOf(need.By.Index) is { } cause) refused.TryAdd(cause, $"{Describe(need)}, of which the catalogue has none that suits");
                }
            }
            return refused.Count > count;
        }

        /// <summary>Raises a wheel that a changed one does not want as it is.</summary>
        private bool Raise()
        {
            foreach ((WheelEntry wheel, WheelNeed broken) in FindNewConflicts())
            {
                if (CauseOf(broken.By) is not { } cause) continue;
                Diagnostic? newer = FindNewer(Upgraded).Where(found => found.Wheel.Index == wheel.Index).Select(static found => found.Finding).FirstOrDefault();
                if (newer is null) continue;
                Upgraded = Upgraded.With(Upgraded.Text.WithChanges(newer.Fixes[0].Changes));
                _causes.TryAdd(wheel.Index, cause);
                return true;
            }
            return false;
        }

        private IEnumerable<(WheelEntry Wheel, WheelNeed Broken)> FindNewConflicts()
        {
            HashSet<(int, DistributionName)> before = [.. FindConflicts(_before).Select(static conflict => (conflict.Wheel.Index, conflict.Broken.By.Distribution))];
            return FindConflicts(Upgraded).Where(conflict => !before.Contains((conflict.Wheel.Index, conflict.Broken.By.Distribution)));
        }

        /// <summary>The wheels that others refuse: those of the spec, and those that come with them.</summary>
        private static IEnumerable<(WheelEntry Wheel, WheelNeed Broken)> FindConflicts(SpecAnalysis spec) => DependencyVersion.Find(spec)
            .Select(static conflict => (conflict.Wheel, conflict.Broken))
            .Concat(
                from need in spec.Closure.Needs
                where need.By.Index is null && need.Knowledge.IsExact
                from given in need.MetBy
                where given.Index is not null && !need.Admits(given.Version)
                select (spec.Wheels[given.Index!.Value], need));

        /// <summary>The upgrade that a wheel is there for, or is as it is for: of one that comes with others, theirs.</summary>
        private int? CauseOf(ClosureWheel wheel)
        {
            if (wheel.Index is not null) return CauseOf(wheel.Index);
            var asked = new HashSet<DistributionName> { wheel.Distribution };
            var pending = new Queue<DistributionName>(asked);
            while (pending.TryDequeue(out DistributionName added))
            {
                foreach (WheelNeed need in Upgraded.Closure.Missing.Where(missing => missing.Name == added).SelectMany(static missing => missing.NeededBy))
                {
                    if (CauseOf(need.By.Index) is { } cause) return cause;
                    if (need.By.Index is null && asked.Add(need.By.Distribution)) pending.Enqueue(need.By.Distribution);
                }
            }
            return null;
        }

        private int? CauseOf(int? index) => index is { } wheel && _causes.TryGetValue(wheel, out int cause) ? cause : null;

        private static string Describe(WheelNeed need) => $"{need.By.Distribution} {need.By.Version.Number} needs {need.Requirement with { Marker = null }}";
    }
}
