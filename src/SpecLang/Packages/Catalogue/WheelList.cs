using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>
/// Reads Chrome Operations' published list of wheels (<c>wheels.md</c>): for each version a fence with one <c>wheel</c>, and behind it the platforms with a
/// build as items of a list, <c>* *universal*</c> or <c>* *mac-arm64-py3.11*</c>. Headings are for people; names and versions are those of the fences.
/// </summary>
public static class WheelList
{
    private const string Fence = "```";
    private const string PlatformItem = "* *";
    private const string Universal = "universal";

    /// <summary>Adds all that a list says to a catalogue in the making.</summary>
    /// <param name="text">The list.</param>
    /// <param name="builder">The catalogue.</param>
    /// <param name="versions">How many versions the list has.</param>
    /// <returns>The first mistake, with its line; null when there is none.</returns>
    public static CatalogueFault? Read(string text, CatalogueBuilder builder, out int versions)
    {
        versions = 0;
        var entry = new Entry();
        bool isInFence = false;
        int line = 0;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            ReadOnlySpan<char> trimmed = content.Trim();
            if (trimmed.StartsWith(Fence))
            {
                isInFence = !isInFence;
                if (!isInFence) continue;
                if (entry.Finish(builder) is { } fault) return fault;
                entry = new Entry { Line = line };
                versions++;
            }
            else if (isInFence)
            {
                if (QuotedValue(trimmed, "name") is { } name) entry.Name ??= name;
                if (QuotedValue(trimmed, "version") is { } version) entry.Version ??= version;
            }
            else if (trimmed.StartsWith(PlatformItem) && trimmed.Length > PlatformItem.Length && trimmed[^1] == '*')
            {
                entry.Platforms.Add(trimmed[PlatformItem.Length..^1].ToString());
            }
        }
        if (versions == 0) return new("it has no wheels: no fence (```) with a 'wheel' in it");
        if (isInFence) return new("the fence that begins there has no end", entry.Line);
        return entry.Finish(builder);
    }

    private static string? QuotedValue(ReadOnlySpan<char> line, string field)
    {
        if (!line.StartsWith(field, StringComparison.Ordinal)) return null;
        ReadOnlySpan<char> rest = line[field.Length..].TrimStart();
        if (rest.IsEmpty || rest[0] != ':') return null;
        rest = rest[1..].Trim();
        return rest.Length >= 2 && rest[0] is '"' or '\'' && rest[^1] == rest[0] ? rest[1..^1].ToString() : null;
    }

    /// <summary>What a fence and the list behind it say.</summary>
    private sealed class Entry
    {
        public int Line { get; init; }

        public string? Name { get; set; }

        public string? Version { get; set; }

        public ImmutableArray<string>.Builder Platforms { get; } = ImmutableArray.CreateBuilder<string>();

        public CatalogueFault? Finish(CatalogueBuilder builder)
        {
            if (Line == 0) return null;
            if (Name is null || Version is null) return new("the fence that begins there has no wheel with a name and a version", Line);
            string? problem = Platforms.Count == 0
                ? builder.AddVersion(Name, Version)
                : builder.SetAvailability(Name, Version, Platforms.Contains(Universal), Platforms.Where(platform => platform != Universal));
            return problem is null ? null : new(problem, Line);
        }
    }
}
