using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.SpecLang.Python;

/// <summary>Clauses that a version must meet all of, such as <c>&gt;=1.2,!=1.3,&lt;2</c> (PEP 440); without clauses every version does.</summary>
/// <param name="Clauses">The clauses, in the order in which they are written.</param>
public sealed record VersionSpecifierSet(ImmutableArray<VersionSpecifier> Clauses)
{
    /// <summary>The greatest number of clauses that is read.</summary>
    public const int MaximumClauses = 64;

    /// <summary>The set that every version meets.</summary>
    public static VersionSpecifierSet Any { get; } = new(ImmutableArray<VersionSpecifier>.Empty);

    /// <summary>Whether it admits pre-releases without being told to: a clause names one.</summary>
    public bool AsksForPreReleases => Clauses.Any(clause => clause.AsksForPreReleases);

    /// <summary>Reads clauses that are separated by commas; an empty text, and a comma too many at the end, are allowed.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionSpecifierSet? set, [NotNullWhen(false)] out string? error)
    {
        set = null;
        error = null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MaximumClauses)
        {
            error = $"the version specifier has {parts.Length} clauses; at most {MaximumClauses} are read";
            return false;
        }
        var clauses = ImmutableArray.CreateBuilder<VersionSpecifier>(parts.Length);
        foreach (string part in parts)
        {
            if (!VersionSpecifier.TryParse(part, out VersionSpecifier? clause, out error)) return false;
            clauses.Add(clause);
        }
        set = new(clauses.MoveToImmutable());
        return true;
    }

    /// <summary>Whether a version meets all clauses, as an installer chooses: a pre-release only where a clause names one.</summary>
    public bool Admits(Pep440Version version) => (!version.IsPreRelease || AsksForPreReleases) && AdmitsPinned(version);

    /// <summary>Whether a version that somebody has chosen already meets all clauses: being a pre-release is nothing against it.</summary>
    public bool AdmitsPinned(Pep440Version version) => Clauses.All(clause => clause.Admits(version));

    /// <inheritdoc/>
    public bool Equals(VersionSpecifierSet? other) => other is not null && Clauses.SequenceEqual(other.Clauses);

    /// <inheritdoc/>
    public override int GetHashCode() => Clauses.Aggregate(0, HashCode.Combine);

    /// <summary>The clauses, separated by commas.</summary>
    public override string ToString() => string.Join(',', Clauses);
}
