using VPythonTools.SpecLang.Platforms;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>Two wheels of a spec that do not go together, and where.</summary>
/// <param name="First">The one that comes first in the text.</param>
/// <param name="Second">The other.</param>
/// <param name="Platforms">The platforms that get both; empty where it does not depend on the platform.</param>
internal sealed record WheelPair(WheelEntry First, WheelEntry Second, IReadOnlyList<TargetPlatform> Platforms)
{
    /// <summary>The pairs that cannot be selected together, in the order of the text.</summary>
    public static IEnumerable<WheelPair> OfProblems(SpecAnalysis spec, SelectionProblemKind kind) => Collect(
        spec,
        from platform in spec.Platforms
        from problem in platform.Selection.Problems
        where problem.Kind == kind && problem.EarlierWheelIndex is not null
        select (problem.EarlierWheelIndex!.Value, problem.WheelIndex, platform));

    /// <summary>The pairs with the same key on one platform: there each wheel with the one before it.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="keyOf">What makes a pair; null for wheels that are in none.</param>
    public static IEnumerable<WheelPair> WithSame<TKey>(SpecAnalysis spec, Func<WheelEntry, TKey?> keyOf)
        where TKey : struct
    {
        // Most specs have no two wheels with the same key, whatever the platform.
        var alone = new HashSet<TKey>();
        HashSet<TKey> repeated = [.. spec.Wheels.Select(keyOf).OfType<TKey>().Where(key => !alone.Add(key))];
        return repeated.Count == 0 ? [] : Collect(spec, spec.Platforms.SelectMany(Find));

        IEnumerable<(int First, int Second, TargetPlatform Platform)> Find(TargetPlatform platform)
        {
            var seen = new Dictionary<TKey, int>();
            foreach (int index in platform.Selection.WheelIndexes)
            {
                if (keyOf(spec.Wheels[index]) is not { } key || !repeated.Contains(key)) continue;
                if (seen.TryGetValue(key, out int first)) yield return (first, index, platform);
                seen[key] = index;
            }
        }
    }

    /// <summary>The pairs with the same key among wheels that are for every platform, where no platform is known.</summary>
    public static IEnumerable<WheelPair> WithoutPlatforms<TKey>(SpecAnalysis spec, Func<WheelEntry, TKey> keyOf, Func<WheelEntry, WheelEntry, bool> isPair)
        where TKey : notnull
    {
        var seen = new Dictionary<TKey, WheelEntry>();
        foreach (WheelEntry wheel in spec.Wheels)
        {
            if (!wheel.IsForAll || wheel.Name.Length == 0) continue;
            TKey key = keyOf(wheel);
            if (!seen.TryAdd(key, wheel) && isPair(seen[key], wheel)) yield return new(seen[key], wheel, []);
        }
    }

    private static IEnumerable<WheelPair> Collect(SpecAnalysis spec, IEnumerable<(int First, int Second, TargetPlatform Platform)> found) => found
        .GroupBy(static pair => (pair.First, pair.Second), static pair => pair.Platform)
        .OrderBy(static group => group.Key.Second)
        .Select(group => new WheelPair(spec.Wheels[group.Key.First], spec.Wheels[group.Key.Second], [.. group]));
}
