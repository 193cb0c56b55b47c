using System.Collections.Immutable;
using VPythonTools.SpecLang.Analysis;

namespace VPythonTools.SpecLang.Features.Navigation;

/// <summary>Finds wheels in all specs by a few letters of their names.</summary>
public static class WorkspaceSymbols
{
    /// <summary>More are never given: nobody reads them, and the next letter makes them fewer.</summary>
    public const int Most = 1000;

    /// <summary>The wheels whose distribution has the letters of a query, in their order; the most alike first, then by name and path. All for an empty query.</summary>
    public static ImmutableArray<WorkspaceSymbol> Find(IReadOnlyList<SpecAnalysis> specs, string query)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentNullException.ThrowIfNull(query);
        var pattern = new FuzzyPattern(query);
        var found = new List<(int Score, WorkspaceSymbol Symbol)>();
        foreach (SpecAnalysis spec in specs)
        {
            foreach (WheelEntry wheel in spec.Wheels)
            {
                string name = wheel.Package?.Stem ?? wheel.Name;
                if (string.IsNullOrWhiteSpace(name) || pattern.Score(name) is not { } score) continue;
                found.Add((score, new(name, wheel.Version.Number is { Length: > 0 } number ? number : null, WheelReferences.LocationOf(spec, wheel))));
            }
        }
        return
        [
            .. found.OrderByDescending(static match => match.Score)
                .ThenBy(static match => match.Symbol.Name, StringComparer.Ordinal)
                .ThenBy(static match => match.Symbol.Location.Spec.Path, StringComparer.Ordinal)
                .ThenBy(static match => match.Symbol.Location.Span)
                .Take(Most)
                .Select(static match => match.Symbol),
        ];
    }
}
