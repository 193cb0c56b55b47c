using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>
/// A catalogue as text that people and version control can compare: a fact a line, fields separated by tabs, everything sorted. The built-in catalogue is kept
/// in this form beside the bytes that are made of it.
/// </summary>
/// <remarks>
/// <code>
/// catalogue    1    DATE    DESCRIPTION
/// package      NAME
/// version      VERSION    USES    all, - (not known), or names of platforms, separated by spaces
/// distribution NAME
/// metadata     VERSION    complete or partial    SOURCE    REQUIRES-PYTHON    SUMMARY
/// requires     REQUIREMENT
/// modules      names, separated by spaces
/// </code>
/// A version belongs to the package above it, a requirement and modules to the metadata above them. Empty lines and those that begin with <c>#</c> say nothing.
/// </remarks>
public static class CatalogueText
{
    /// <summary>What the first line that says something begins with.</summary>
    public const string Beginning = "catalogue\t";

    private const int Format = 1;
    private const string Universal = "all";
    private const string Unknown = "-";
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>The text of a catalogue; lines end with a line feed.</summary>
    public static string Write(PackageCatalogue catalogue)
    {
        var text = new StringBuilder();
        AppendLine(text, "catalogue", "1", catalogue.Date.ToString(DateFormat, CultureInfo.InvariantCulture), catalogue.Description);
        foreach (CataloguePackage package in catalogue.Packages)
        {
            AppendLine(text, "package", package.Name);
            foreach (CatalogueVersion version in package.Versions)
                AppendLine(text, "version", version.Version.Text, version.Uses.ToString(CultureInfo.InvariantCulture), WritePlatforms(version.Availability));
        }
        foreach (CatalogueDistribution distribution in catalogue.Distributions.Where(distribution => !distribution.Metadata.IsEmpty))
        {
            AppendLine(text, "distribution", distribution.Name.Value);
            foreach (DistributionMetadata metadata in distribution.Metadata)
            {
                AppendLine(text, "metadata", metadata.Version, metadata.SourceHasAllRequirements ? "complete" : "partial", metadata.Source, metadata.RequiresPython, metadata.Summary);
                foreach (string requirement in metadata.RequirementTexts) AppendLine(text, "requires", requirement);
                if (!metadata.Modules.IsEmpty) AppendLine(text, "modules", string.Join(' ', metadata.Modules));
            }
        }
        return text.ToString();
    }

    /// <summary>Reads a text, or says which line is wrong.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CatalogueBuilder? builder, [NotNullWhen(false)] out CatalogueFault? fault)
    {
        var reader = new Reader();
        int line = 0;
        fault = null;
        foreach (ReadOnlySpan<char> content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (content.IsEmpty || content[0] == '#') continue;
            if (reader.Read(content.ToString().Split('\t')) is not { } problem) continue;
            fault = new(problem, line);
            break;
        }
        fault ??= reader.Finish() is { } missing ? new(missing, line) : null;
        builder = fault is null ? reader.Builder : null;
        return builder is not null;
    }

    /// <summary>Tabs and line breaks within a field would make other fields of it.</summary>
    private static void AppendLine(StringBuilder text, params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0) text.Append('\t');
            foreach (char c in fields[i]) text.Append(char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' ? ' ' : c);
        }
        text.Append('\n');
    }

    private static string WritePlatforms(BuildAvailability availability) =>
        availability.IsUniversal ? Universal : availability.IsKnown ? string.Join(' ', availability.Platforms) : Unknown;

    /// <summary>What the lines so far have said.</summary>
    private sealed class Reader
    {
        private string? _package;
        private DistributionName? _distribution;
        private DistributionMetadata? _metadata;
        private ImmutableArray<string>.Builder _requirements = ImmutableArray.CreateBuilder<string>();
        private ImmutableArray<string> _modules = [];
        private bool _hasBegun;

        public CatalogueBuilder Builder { get; } = new();

        public string? Read(string[] fields)
        {
            if (!_hasBegun && fields[0] != "catalogue") return $"it does not begin with 'catalogue', {Format}, a date and a description";
            return fields switch
            {
                ["catalogue", var format, var date, var description] => Begin(format, date, description),
                ["package", var name] => OpenPackage(name),
                ["version", var version, var uses, var platforms] => AddVersion(version, uses, platforms),
                ["distribution", var name] => OpenDistribution(name),
                ["metadata", var version, "complete" or "partial", var source, var requiresPython, var summary] =>
                    OpenMetadata(new(version, source) { SourceHasAllRequirements = fields[2] == "complete", RequiresPython = requiresPython, Summary = summary }),
                ["requires", var requirement] => AddToMetadata(() => _requirements.Add(requirement)),
                ["modules", var modules] => AddToMetadata(() => _modules = [.. modules.Split(' ', StringSplitOptions.RemoveEmptyEntries)]),
                _ => $"'{fields[0]}' with {fields.Length - 1} fields is no line of a catalogue",
            };
        }

        public string? Finish() => _hasBegun ? CloseMetadata() : "it is empty";

        private string? Begin(string format, string date, string description)
        {
            if (format != "1") return $"its format is {format}, and {Format} is known";
            if (!DateOnly.TryParseExact(date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) return $"'{date}' is not a date like 2024-05-31";
            (Builder.Date, Builder.Description, _hasBegun) = (day, description, true);
            return null;
        }

        private string? OpenPackage(string name)
        {
            _package = name;
            return null;
        }

        private string? AddVersion(string version, string uses, string platforms)
        {
            if (_package is not { } package) return "there is no package above the version";
            if (!int.TryParse(uses, NumberStyles.None, CultureInfo.InvariantCulture, out int count)) return $"'{uses}' is not a number of uses";
            return Builder.SetUses(package, version, count) ?? platforms switch
            {
                Unknown => null,
                Universal => Builder.SetAvailability(package, version, isUniversal: true),
                _ => Builder.SetAvailability(package, version, isUniversal: false, platforms.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            };
        }

        private string? OpenDistribution(string name)
        {
            string? problem = CloseMetadata();
            _distribution = DistributionName.TryParse(name, out DistributionName distribution, out string? error) ? distribution : null;
            return problem ?? error;
        }

        private string? OpenMetadata(DistributionMetadata metadata)
        {
            string? problem = CloseMetadata();
            _metadata = metadata;
            return problem ?? (_distribution is null ? "there is no distribution above the metadata" : null);
        }

        private string? AddToMetadata(Action add)
        {
            if (_metadata is null) return "there is no metadata above it";
            add();
            return null;
        }

        private string? CloseMetadata()
        {
            if (_metadata is not { } open || _distribution is not { } distribution) return null;
            var whole = new DistributionMetadata(open.Version, open.Source)
            {
                SourceHasAllRequirements = open.SourceHasAllRequirements,
                RequiresPython = open.RequiresPython,
                Summary = open.Summary,
                RequirementTexts = _requirements.ToImmutable(),
                Modules = _modules,
            };
            (_metadata, _requirements, _modules) = (null, ImmutableArray.CreateBuilder<string>(), []);
            return Builder.SetMetadata(distribution, whole);
        }
    }
}
