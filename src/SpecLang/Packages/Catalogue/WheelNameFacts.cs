using System.Text;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>What the name of a wheel says by itself, and what a catalogue has of it. The same for every wheel of that name, in every version of every spec. Immutable.</summary>
internal sealed class WheelNameFacts
{
    /// <summary>The facts of a name.</summary>
    /// <param name="name">The name as a spec has it; any text.</param>
    /// <param name="catalogue">What is known of packages.</param>
    public WheelNameFacts(string name, PackageCatalogue catalogue)
    {
        Template = PackageTemplate.TryParse(name, out PackageTemplate? template, out _) ? template : null;
        Package = WheelPackageName.TryParse(name, out WheelPackageName? package) ? package : null;
        NameFault = Template is { Variables.IsEmpty: true } ? PackageName.TryParse(name, out _, out string? fault) ? null : fault : FindFault(name);
        Known = Package is null ? catalogue.FindPackage(name) : catalogue.FindPackageOf(Package);
        KnownDistribution = Package is null ? null : catalogue.FindDistribution(Package.Distribution);
    }

    /// <summary>The name as a template; null when it is none.</summary>
    public PackageTemplate? Template { get; }

    /// <summary>The name taken apart; null when it is not that of a wheel.</summary>
    public WheelPackageName? Package { get; }

    /// <summary>Why CIPD can have no package of this name, whatever the values of its variables; null when it can.</summary>
    public string? NameFault { get; }

    /// <summary>The package in the catalogue, also when the name spells the platform otherwise; null when it is not known.</summary>
    public CataloguePackage? Known { get; }

    /// <summary>The distribution in the catalogue; null when it is not known.</summary>
    public CatalogueDistribution? KnownDistribution { get; }

    /// <summary>Why CIPD can have no package of a name, whatever the values of its variables; null when it can.</summary>
    public static string? FindFault(string name)
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
}
