using System.Collections.Immutable;
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
    private readonly WheelNameFacts _facts;

    internal WheelEntry(int index, Spec.Types.Package message, BoundMessage bound, PackageCatalogue catalogue)
    {
        Index = index;
        Message = message;
        Bound = bound;
        NameValue = bound.Find("name");
        VersionValue = bound.Find("version");
        Version = WheelVersion.Parse(message.Version);
        _facts = catalogue.FactsOf(message.Name);
        KnownVersion = message.Version.Length == 0 ? null : Known?.FindVersion(message.Version);
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
    public PackageTemplate? Template => _facts.Template;

    /// <summary>Why CIPD can have no package of this name, whatever the values of its variables; null when it can.</summary>
    public string? NameFault => _facts.NameFault;

    /// <summary>The <c>match_tag</c>s in the text.</summary>
    public ImmutableArray<TagEntry> MatchTags => Message.MatchTag.Count == 0 ? [] : field.IsDefault ? field = [.. Bound.FindAll("match_tag").Zip(Message.MatchTag, static (bound, message) => new TagEntry(bound, message))] : field;

    /// <summary>The <c>not_match_tag</c>s in the text.</summary>
    public ImmutableArray<TagEntry> NotMatchTags => Message.NotMatchTag.Count == 0 ? [] : field.IsDefault ? field = [.. Bound.FindAll("not_match_tag").Zip(Message.NotMatchTag, static (bound, message) => new TagEntry(bound, message))] : field;

    /// <summary>Whether it is for every platform: it has no tags.</summary>
    public bool IsForAll => Message.MatchTag.Count == 0 && Message.NotMatchTag.Count == 0;

    /// <summary>The name taken apart: distribution and form; null when it is not that of a wheel.</summary>
    public WheelPackageName? Package => _facts.Package;

    /// <summary>The package in the catalogue, also when the name spells the platform otherwise; null when it is not known.</summary>
    public CataloguePackage? Known => _facts.Known;

    /// <summary>The version in the catalogue; null when it is not known.</summary>
    public CatalogueVersion? KnownVersion { get; }

    /// <summary>The distribution in the catalogue; null when it is not known.</summary>
    public CatalogueDistribution? KnownDistribution => _facts.KnownDistribution;

    /// <summary>The packages with the same distribution and prefix that the catalogue has when it has not this one, those with this version first, then those of the published list, of which builds are known; empty when it has this one, or knows nothing.</summary>
    public IEnumerable<CataloguePackage> Alternatives => Known is not null || NameFault is not null || Package is not { } package || KnownDistribution is not { } distribution
        ? []
        : distribution.Packages.Where(other => other.ParsedName.Prefix == package.Prefix)
            .OrderByDescending(other => other.FindVersion(Message.Version) is not null)
            .ThenByDescending(static other => other.Versions.Any(static version => version.Availability.IsKnown));

    private TextSpan OpeningSpan => Syntax.Tree.Tokens[Syntax.FirstToken].Span;
}
