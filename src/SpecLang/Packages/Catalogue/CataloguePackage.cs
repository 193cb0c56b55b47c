using System.Collections.Immutable;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>A CIPD package that the catalogue knows, by the name that specs write: with <c>${vpython_platform}</c> where there is a build for each platform.</summary>
public sealed class CataloguePackage
{
    private readonly CatalogueFile _file;
    private readonly int _entry;
    private readonly Lazy<ImmutableArray<CatalogueVersion>> _versions;

    internal CataloguePackage(PackageCatalogue catalogue, CatalogueFile file, int entry)
    {
        Catalogue = catalogue;
        _file = file;
        _entry = entry;
        Name = file.GetString(file.Get(CatalogueSection.Packages, entry));
        _versions = new(ReadVersions);
    }

    /// <summary>The catalogue.</summary>
    public PackageCatalogue Catalogue { get; }

    /// <summary>The name, as specs write it.</summary>
    public string Name { get; }

    /// <summary>What is in the package, by its name.</summary>
    public WheelPackageName ParsedName => field ??= WheelPackageName.TryParse(Name, out WheelPackageName? parsed) ? parsed : throw new InvalidOperationException("Names without a distribution are in no catalogue.");

    /// <summary>The distribution of which it has the wheel, with the other packages that have it too.</summary>
    public CatalogueDistribution Distribution => Catalogue.GetDistribution(_file.Get(CatalogueSection.Packages, _entry, 1));

    /// <summary>The versions, newest first.</summary>
    public ImmutableArray<CatalogueVersion> Versions => _versions.Value;

    /// <summary>How many published specs were seen that name it.</summary>
    public int Uses => (int)Math.Min(int.MaxValue, Versions.Sum(version => (long)version.Uses));

    /// <summary>The version that a spec names, by its whole text (<c>version:1.0</c>); null when the catalogue does not know it.</summary>
    public CatalogueVersion? FindVersion(string text) => Versions.FirstOrDefault(version => version.Version.Text == text);

    /// <summary>
    /// The versions that may have been meant by one that there is not: those of its release first, which differ in what is appended, then by how far the first number
    /// that differs is away, then by how many versions lie between. Of what names no version, by the letters that differ. Among equals the newest first, and pre-releases last.
    /// </summary>
    public ImmutableArray<CatalogueVersion> NearestVersions(string text, int count = 3)
    {
        var wanted = WheelVersion.Parse(text);
        int place = Versions.Count(known => known.Version > wanted);
        return
        [
            .. Versions.Index()
                .Select(known => (known.Item, Distance: DistanceOf(wanted, known.Item.Version), Between: known.Index < place ? place - 1 - known.Index : known.Index - place))
                .OrderBy(known => known.Item.Version.PythonVersion is { IsPreRelease: true } && wanted.PythonVersion is not { IsPreRelease: true })
                .ThenByDescending(static known => known.Distance.Common)
                .ThenBy(static known => known.Distance.Apart)
                .ThenBy(known => known.Distance.Common is int.MaxValue or < 0 ? EditDistance.Between(wanted.Number, known.Item.Version.Number) : known.Between)
                .Take(count)
                .Select(static known => known.Item),
        ];
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>How many numbers of two releases are the same from the left, and how far the first ones apart are that are not; missing ones are zero.</summary>
    private static (int Common, ulong Apart) DistanceOf(WheelVersion left, WheelVersion right)
    {
        if (left.PythonVersion is not { } one || right.PythonVersion is not { } other || one.Epoch != other.Epoch) return (-1, 0);
        for (int i = 0; i < Math.Max(one.Release.Length, other.Release.Length); i++)
        {
            long first = i < one.Release.Length ? one.Release[i] : 0;
            long second = i < other.Release.Length ? other.Release[i] : 0;
            if (first != second) return (i, (ulong)Math.Max(first, second) - (ulong)Math.Min(first, second));
        }
        return (int.MaxValue, 0);
    }

    private ImmutableArray<CatalogueVersion> ReadVersions()
    {
        int first = _file.Get(CatalogueSection.Packages, _entry, 2);
        int count = _file.Get(CatalogueSection.Packages, _entry, 3);
        var versions = ImmutableArray.CreateBuilder<CatalogueVersion>(count);
        for (int entry = first; entry < first + count; entry++)
        {
            ulong platforms = _file.GetUnsigned(CatalogueSection.Versions, entry, 2) | ((ulong)_file.GetUnsigned(CatalogueSection.Versions, entry, 3) << 32);
            versions.Add(new(
                WheelVersion.Parse(_file.GetString(_file.Get(CatalogueSection.Versions, entry))),
                new(platforms, Catalogue.Platforms),
                _file.Get(CatalogueSection.Versions, entry, 1)));
        }
        return versions.MoveToImmutable();
    }
}
