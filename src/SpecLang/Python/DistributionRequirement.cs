using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sprache;

namespace VPythonTools.SpecLang.Python;

/// <summary>What a distribution needs, as a line of <c>Requires-Dist</c> says it: <c>name[extra]&gt;=1.0; python_version &lt; "3.11"</c> (PEP 508).</summary>
public sealed record DistributionRequirement
{
    /// <summary>Replaced where a copy has another marker.</summary>
    private MarkerOutcomes? _outcomes;

    private DistributionRequirement(string writtenName, DistributionName name, ImmutableArray<string> extras, VersionSpecifierSet versions, string? url, Marker? marker)
    {
        WrittenName = writtenName;
        Name = name;
        Extras = extras;
        Versions = versions;
        Url = url;
        Marker = marker;
    }

    /// <summary>The distribution's name as it is written.</summary>
    public string WrittenName { get; }

    /// <summary>The distribution's name as names are compared.</summary>
    public DistributionName Name { get; }

    /// <summary>The extras that are wanted of it, normalised, in their order.</summary>
    public ImmutableArray<string> Extras { get; }

    /// <summary>The versions that will do; all where a URL is given.</summary>
    public VersionSpecifierSet Versions { get; }

    /// <summary>Where it is to be had (<c>name @ url</c>); null where any source will do. It is not checked.</summary>
    public string? Url { get; }

    /// <summary>For which environments it is meant; null for all.</summary>
    public Marker? Marker { get; init; }

    /// <summary>Reads a requirement; versions may stand in parentheses, as older metadata has them.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DistributionRequirement? requirement, [NotNullWhen(false)] out string? error)
    {
        requirement = null;
        error = Marker.FindExcess(text);
        if (error is not null) return false;
        IResult<RequirementGrammar.Parts> result = RequirementGrammar.Requirement.TryParse(text);
        if (!result.WasSuccessful)
        {
            error = $"'{text}' is not a requirement; '{MarkerGrammar.RestOf(text, result)}' cannot stand there";
            return false;
        }
        RequirementGrammar.Parts parts = result.Value;
        if (!DistributionName.TryParse(parts.Name, out DistributionName name, out error)) return false;
        if (!VersionSpecifierSet.TryParse(parts.Versions, out VersionSpecifierSet? versions, out error)) return false;
        var extras = ImmutableArray.CreateBuilder<string>(parts.Extras.Length);
        foreach (string written in parts.Extras)
        {
            if (!DistributionName.TryParse(written, out DistributionName extra, out error)) return false;
            extras.Add(extra.Value);
        }
        requirement = new(parts.Name, name, extras.MoveToImmutable(), versions, parts.Url, parts.Marker);
        return true;
    }

    /// <summary>Whether it is needed in an environment; null where the environment does not know.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="extras">The extras that are wanted of the distribution that has this requirement.</param>
    public bool? AppliesTo(MarkerEnvironment environment, params IEnumerable<string> extras)
    {
        if (Marker is null) return true;
        bool? outcome = Outcomes.Of(environment);
        foreach (string extra in extras)
        {
            if (outcome == true) return true;
            bool? value = Marker.Evaluate(environment, extra);
            outcome = value == true ? true : outcome is null || value is null ? null : false;
        }
        return outcome;
    }

    /// <inheritdoc/>
    public bool Equals(DistributionRequirement? other) =>
        other is not null && Name == other.Name && Extras.SequenceEqual(other.Extras) && Versions == other.Versions && Url == other.Url && Marker == other.Marker;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Versions, Url, Marker);

    private MarkerOutcomes Outcomes => _outcomes is { } known && known.Marker == (object?)Marker ? known : _outcomes = new(Marker!);

    /// <summary>The requirement in one form of writing.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(WrittenName);
        if (!Extras.IsEmpty) text.Append('[').AppendJoin(',', Extras).Append(']');
        if (Url is not null) text.Append(" @ ").Append(Url);
        text.Append(Versions);
        if (Marker is not null) text.Append(Url is null ? "; " : " ; ").Append(Marker);
        return text.ToString();
    }
}
