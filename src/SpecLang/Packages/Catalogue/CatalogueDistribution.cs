using System.Collections.Immutable;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>A distribution that the catalogue knows: the packages that have its wheels, and what is known of its versions. It may have no package, or nothing known.</summary>
public sealed class CatalogueDistribution
{
    private readonly PackageCatalogue _catalogue;
    private readonly CatalogueFile _file;
    private readonly int _entry;
    private readonly Lazy<ImmutableArray<DistributionMetadata>> _metadata;

    internal CatalogueDistribution(PackageCatalogue catalogue, CatalogueFile file, int entry)
    {
        _catalogue = catalogue;
        _file = file;
        _entry = entry;
        string name = file.GetString(file.Get(CatalogueSection.Distributions, entry));
        Name = DistributionName.TryParse(name, out DistributionName parsed, out _) ? parsed : throw new InvalidOperationException("The file was not checked.");
        _metadata = new(ReadMetadata);
    }

    /// <summary>The name.</summary>
    public DistributionName Name { get; }

    /// <summary>The packages that have its wheels, the most used first: <c>foo-py2_py3</c>, <c>foo-py3</c> and <c>foo/${vpython_platform}</c> are one distribution.</summary>
    public ImmutableArray<CataloguePackage> Packages => field.IsDefault ? field = ReadPackages() : field;

    private ImmutableArray<CataloguePackage> ReadPackages() =>
    [
        .. Enumerable.Range(_file.Get(CatalogueSection.Distributions, _entry, 1), _file.Get(CatalogueSection.Distributions, _entry, 2))
            .Select(reference => _catalogue.GetPackage(_file.Get(CatalogueSection.PackageReferences, reference)))
            .OrderByDescending(package => package.Uses),
    ];

    /// <summary>What is known of its versions, newest first.</summary>
    public ImmutableArray<DistributionMetadata> Metadata => _metadata.Value;

    /// <summary>
    /// The modules of the newest version of which they are known. A distribution of which nothing is known may be published under a longer name than it is built under
    /// (<c>opencv-python</c> as <c>opencv</c>): where a package has the one and nobody the other, their modules are the same. Empty when none are known.
    /// </summary>
    public ImmutableArray<string> Modules => field.IsDefault ? field = FindModules() : field;

    private ImmutableArray<string> FindModules()
    {
        if (NewestModules is [_, ..] || Packages.IsEmpty) return NewestModules;
        for (int hyphen = Name.Value.LastIndexOf('-'); hyphen > 0; hyphen = Name.Value.LastIndexOf('-', hyphen - 1))
        {
            if (DistributionName.TryParse(Name.Value[..hyphen], out DistributionName shorter, out _) && _catalogue.FindDistribution(shorter) is { Packages.IsEmpty: true, NewestModules: [_, ..] modules }) return modules;
        }
        return [];
    }

    private ImmutableArray<string> NewestModules => Metadata.FirstOrDefault(static known => !known.Modules.IsEmpty)?.Modules ?? [];

    /// <summary>How many published specs were seen that name one of its packages.</summary>
    public int Uses => (int)Math.Min(int.MaxValue, Packages.Sum(package => (long)package.Uses));

    /// <summary>
    /// The knowledge of a version, or of the one that comes closest: the newest that is older, else the oldest. Null when nothing is known of any version: then
    /// rules that need it say nothing.
    /// </summary>
    public MetadataMatch? FindMetadata(WheelVersion version) => FindClosest(version, static _ => true);

    /// <summary>
    /// As <see cref="FindMetadata"/>, but only of versions of which all requirements are known: what is not among these is not needed, as far as the version
    /// is the same.
    /// </summary>
    public MetadataMatch? FindCompleteMetadata(WheelVersion version) => FindClosest(version, static known => known.RequirementsAreComplete);

    /// <summary>The name.</summary>
    public override string ToString() => Name.Value;

    /// <summary>Of those that count. Whether one does is asked last: it may mean to read all that it needs.</summary>
    private MetadataMatch? FindClosest(WheelVersion version, Func<DistributionMetadata, bool> counts)
    {
        if (version.PythonVersion is not { } wanted) return Metadata.FirstOrDefault(counts) is { } newest ? new(newest, IsExact: false) : null;
        foreach (DistributionMetadata known in Metadata)
        {
            if (known.ParsedVersion is not { } candidate) continue;
            bool isExact = candidate == wanted || candidate == wanted.Public;
            if ((isExact || candidate < wanted) && counts(known)) return new(known, isExact);
        }
        return Metadata.LastOrDefault(counts) is { } oldest ? new(oldest, IsExact: false) : null;
    }

    private ImmutableArray<DistributionMetadata> ReadMetadata()
    {
        int first = _file.Get(CatalogueSection.Distributions, _entry, 3);
        return [.. Enumerable.Range(first, _file.Get(CatalogueSection.Distributions, _entry, 4)).Select(ReadMetadata)];
    }

    private DistributionMetadata ReadMetadata(int entry)
    {
        return new(Text(0), Text(3))
        {
            RequiresPython = Text(1),
            Summary = Text(2),
            SourceHasAllRequirements = Number(4) != 0,
            RequirementTexts = _file.GetStrings(CatalogueSection.Requirements, Number(5), Number(6)),
            Modules = _file.GetStrings(CatalogueSection.Modules, Number(7), Number(8)),
        };

        int Number(int column) => _file.Get(CatalogueSection.Metadata, entry, column);
        string Text(int column) => _file.GetString(Number(column));
    }
}
