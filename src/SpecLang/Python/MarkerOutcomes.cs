using System.Collections.Concurrent;

namespace VPythonTools.SpecLang.Python;

/// <summary>What a marker is in environments that it was asked for, which are few and the same again and again. Safe to be asked by several threads.</summary>
/// <param name="marker">The marker.</param>
internal sealed class MarkerOutcomes(Marker marker)
{
    /// <summary>Somebody who makes new environments all the time gets no memory for it.</summary>
    private const int MostEnvironments = 64;

    private readonly ConcurrentDictionary<MarkerEnvironment, bool?> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The marker.</summary>
    public Marker Marker => marker;

    /// <summary>Whether the marker holds in an environment, without extras.</summary>
    public bool? Of(MarkerEnvironment environment)
    {
        if (_known.TryGetValue(environment, out bool? known)) return known;
        bool? outcome = marker.Evaluate(environment);
        if (_known.Count < MostEnvironments) _known.TryAdd(environment, outcome);
        return outcome;
    }
}
