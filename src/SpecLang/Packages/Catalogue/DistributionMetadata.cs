using System.Collections.Immutable;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>What is known of one version of a distribution: what it needs, and which modules it brings.</summary>
public sealed class DistributionMetadata
{
    private readonly Lazy<Pep440Version?> _parsedVersion;
    private readonly Lazy<VersionSpecifierSet?> _pythons;
    private readonly Lazy<(ImmutableArray<DistributionRequirement> Read, bool AreAllRead)> _requirements;

    /// <summary>Knowledge of a version.</summary>
    /// <param name="version">The version, as the distribution's author gave it.</param>
    /// <param name="source">Where the knowledge comes from.</param>
    public DistributionMetadata(string version, string source)
    {
        Version = version;
        Source = source;
        _requirements = new(ReadRequirements);
        _parsedVersion = new(() => Pep440Version.TryParse(Version, out Pep440Version? parsed, out _) ? parsed : null);
        _pythons = new(() => VersionSpecifierSet.TryParse(RequiresPython, out VersionSpecifierSet? bounds, out _) ? bounds : null);
    }

    /// <summary>The version, as the distribution's author gave it: without Chrome Operations' own part.</summary>
    public string Version { get; }

    /// <summary>The version, as versions are compared; null when it is none.</summary>
    public Pep440Version? ParsedVersion => _parsedVersion.Value;

    /// <summary>Where the knowledge comes from, such as <c>Debian bookworm python3-absl 0.15.0-2</c>.</summary>
    public string Source { get; }

    /// <summary>What it is, in a line; empty when not known.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Which Pythons it is for (<c>Requires-Python</c>); empty when it does not say.</summary>
    public string RequiresPython { get; init; } = "";

    /// <summary>Which Pythons it is for; null when it does not say, or not in a way that means something.</summary>
    public VersionSpecifierSet? Pythons => RequiresPython.Length == 0 ? null : _pythons.Value;

    /// <summary>What it needs (<c>Requires-Dist</c>), as it says it.</summary>
    public ImmutableArray<string> RequirementTexts { get; init; } = [];

    /// <summary>What it needs, without texts that cannot be read.</summary>
    public ImmutableArray<DistributionRequirement> Requirements => _requirements.Value.Read;

    /// <summary>
    /// Whether the requirements are all of them: the source has them all, and all can be read. Where it is false, what is listed is needed, but more may be.
    /// </summary>
    public bool RequirementsAreComplete => SourceHasAllRequirements && _requirements.Value.AreAllRead;

    /// <summary>The modules that it brings and that a script can import: top-level ones, <c>yaml</c>, and below namespaces, <c>google.protobuf</c>. Empty when not known.</summary>
    public ImmutableArray<string> Modules { get; init; } = [];

    /// <summary>Whether the source has all requirements; some distributors of packages take some out.</summary>
    public bool SourceHasAllRequirements { get; init; }

    /// <summary>Whether importing a module loads something that this version brings; null when its modules are not known.</summary>
    /// <param name="module">A name with dots, such as <c>google.protobuf.text_format</c>. A namespace alone, <c>google</c>, is brought by whoever brings something in it.</param>
    public bool? Provides(string module)
    {
        if (Modules.IsEmpty) return null;
        return Modules.Any(known => IsWithin(module, known) || IsWithin(known, module));
    }

    /// <summary>Version and source.</summary>
    public override string ToString() => $"{Version} ({Source})";

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '.');

    private (ImmutableArray<DistributionRequirement> Read, bool AreAllRead) ReadRequirements()
    {
        var read = ImmutableArray.CreateBuilder<DistributionRequirement>(RequirementTexts.Length);
        foreach (string text in RequirementTexts)
        {
            if (DistributionRequirement.TryParse(text, out DistributionRequirement? requirement, out _)) read.Add(requirement);
        }
        return (read.ToImmutable(), read.Count == RequirementTexts.Length);
    }
}
