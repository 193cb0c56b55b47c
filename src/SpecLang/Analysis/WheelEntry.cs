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

    /// <summary>The name taken apart: distribution and form; null when it is not that of a wheel.</summary>
    public WheelPackageName? Package { get; }

    /// <summary>The package in the catalogue, also when the name spells the platform otherwise; null when it is not known.</summary>
    public CataloguePackage? Known { get; }

    /// <summary>The version in the catalogue; null when it is not known.</summary>
    public CatalogueVersion? KnownVersion { get; }

    /// <summary>The distribution in the catalogue; null when it is not known.</summary>
    public CatalogueDistribution? KnownDistribution { get; }

    private TextSpan OpeningSpan => Syntax.Tree.Tokens[Syntax.FirstToken].Span;
}
