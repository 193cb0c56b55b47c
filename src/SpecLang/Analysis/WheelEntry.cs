using System.Collections.Immutable;
using System.Text;
using VPythonTools.SpecLang.Binding;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;
using VPythonTools.SpecLang.Schema;
using VPythonTools.SpecLang.Syntax;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>A wheel of a spec: what it says, where, and what the catalogue knows of it.</summary>
public sealed class WheelEntry
{
    internal WheelEntry(int index, Spec.Types.Package message, BoundMessage bound, PackageCatalogue catalogue)
    {
        Index = index;
        Message = message;
        Bound = bound;
        NameValue = bound.Find("name");
        VersionValue = bound.Find("version");
        Version = WheelVersion.Parse(message.Version);
        Template = PackageTemplate.TryParse(message.Name, out PackageTemplate? template, out _) ? template : null;
        Package = WheelPackageName.TryParse(message.Name, out WheelPackageName? package) ? package : null;
        Known = catalogue.FindPackage(message.Name) ?? (Package is null ? null : catalogue.FindPackageOf(Package));
        KnownVersion = message.Version.Length == 0 ? null : Known?.FindVersion(message.Version);
        NameFault = Template is { Variables.IsEmpty: true } ? PackageName.TryParse(message.Name, out _, out string? fault) ? null : fault : FindNameFault(message.Name);
        KnownDistribution = Package is null ? null : catalogue.FindDistribution(Package.Distribution);
    }

    /// <summary>The index in <see cref="Spec.Wheel"/>.</summary>
    public int Index { get; }

    /// <summary>The wheel as a message.</summary>
    public Spec.Types.Package Message { get; }

    /// <summary>The wheel in the text.</summary>
    public BoundMessage Bound { get; }

    /// <summary>The wheel's message in the text, from bracket to bracket.</summary>
    public MessageSyntax Syntax => Bound.Syntax;

    /// <summary>The field that the wheel is the value of; several wheels share it when it has a list.</summary>
    public FieldSyntax Field => Syntax.Parent as FieldSyntax ?? (FieldSyntax)Syntax.Parent!.Parent!;

    /// <summary>Whether the wheel is an element of a list.</summary>
    public bool IsInList => Syntax.Parent is ListSyntax;

    /// <summary>The package name as written; empty when there is none.</summary>
    public string Name => Message.Name;

    /// <summary>The name in the text; null when there is none.</summary>
    public BoundValue? NameValue { get; }

    /// <summary>Where the name is; the wheel's opening bracket when there is none.</summary>
    public TextSpan NameSpan => NameValue?.Syntax.Span ?? OpeningSpan;

    /// <summary>The version; one of no version when there is none.</summary>
    public WheelVersion Version { get; }

    /// <summary>The version in the text; null when there is none.</summary>
    public BoundValue? VersionValue { get; }

    /// <summary>Where the version is; the wheel's opening bracket when there is none.</summary>
    public TextSpan VersionSpan => VersionValue?.Syntax.Span ?? OpeningSpan;

    /// <summary>The name as a template; null when it is none.</summary>
    public PackageTemplate? Template { get; }

    /// <summary>Why CIPD can have no package of this name, whatever the values of its variables; null when it can.</summary>
    public string? NameFault { get; }

    /// <summary>The <c>match_tag</c>s in the text.</summary>
    public ImmutableArray<TagEntry> MatchTags => field.IsDefault ? field = [.. Bound.FindAll("match_tag").Zip(Message.MatchTag, static (bound, message) => new TagEntry(bound, message))] : field;

    /// <summary>The <c>not_match_tag</c>s in the text.</summary>
    public ImmutableArray<TagEntry> NotMatchTags => field.IsDefault ? field = [.. Bound.FindAll("not_match_tag").Zip(Message.NotMatchTag, static (bound, message) => new TagEntry(bound, message))] : field;

    /// <summary>Whether it is for every platform: it has no tags.</summary>
    public bool IsForAll => Message.MatchTag.Count == 0 && Message.NotMatchTag.Count == 0;

    /// <summary>The name taken apart: distribution and form; null when it is not that of a wheel.</summary>
    public WheelPackageName? Package { get; }

    /// <summary>The package in the catalogue, also when the name spells the platform otherwise; null when it is not known.</summary>
    public CataloguePackage? Known { get; }

    /// <summary>The version in the catalogue; null when it is not known.</summary>
    public CatalogueVersion? KnownVersion { get; }

    /// <summary>The distribution in the catalogue; null when it is not known.</summary>
    public CatalogueDistribution? KnownDistribution { get; }

    /// <summary>The packages with the same distribution and prefix that the catalogue has when it has not this one, those with this version first, then those of the published list, of which builds are known; empty when it has this one, or knows nothing.</summary>
    public IEnumerable<CataloguePackage> Alternatives => Known is not null || NameFault is not null || Package is not { } package || KnownDistribution is not { } distribution
        ? []
        : distribution.Packages.Where(other => other.ParsedName.Prefix == package.Prefix)
            .OrderByDescending(other => other.FindVersion(Message.Version) is not null)
            .ThenByDescending(static other => other.Versions.Any(static version => version.Availability.IsKnown));

    /// <summary>Why CIPD can have no package of a name, whatever the values of its variables; null when it can.</summary>
    internal static string? FindNameFault(string name)
    {
        if (!PackageTemplate.TryParse(name, out PackageTemplate? template, out string? error)) return error;
        var example = new StringBuilder(name);
        foreach (TemplateVariable variable in template.Variables.Reverse())
        {
            // Values of variables are right; alternatives are written here, and may not be.
            example.Remove(variable.Start, variable.Length).Insert(variable.Start, variable.Alternatives.IsDefaultOrEmpty ? "x" : variable.Alternatives[0]);
        }
        string expanded = example.ToString();
        return PackageName.TryParse(expanded, out _, out error) ? null : error.Replace($"'{expanded}'", $"'{name}'", StringComparison.Ordinal);
    }

    private TextSpan OpeningSpan => Syntax.Tree.Tokens[Syntax.FirstToken].Span;
}
