using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using VPythonTools.SpecLang.Python;
using VPythonTools.SpecLang.Text;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>
/// Which packages of wheels there are, in which versions and for which platforms, and what the distributions in them need and bring. What it does not know
/// is not thereby wrong: the published list is pruned, and old versions keep working. Immutable; entries are read from the file's bytes when first asked for, and kept.
/// </summary>
public sealed class PackageCatalogue
{
    /// <summary>The greatest length of a file that is read, in bytes.</summary>
    public const int MaximumLength = CatalogueFile.MaximumLength;

    /// <summary>How many of the nearest packages are remembered.</summary>
    private const int MostKeptNearest = 3;

    /// <summary>How many names are remembered: more than the largest spec that anybody edits has.</summary>
    private const int MostKeptNames = 16_384;

    /// <summary>How many names that the catalogue does not have are remembered: as many as findings about them look for near ones, and more.</summary>
    private const int MostKeptUnknownNames = 256;

    private static readonly Lazy<PackageCatalogue> LazyBuiltIn = new(BuiltInCatalogue.Open);

    private readonly CatalogueFile _file;
    private readonly CataloguePackage?[] _packages;
    private readonly CatalogueDistribution?[] _distributions;
    private readonly RecentTexts<WheelNameFacts> _facts;
    private readonly RecentTexts<ImmutableArray<CataloguePackage>> _nearest;

    private PackageCatalogue(CatalogueFile file)
    {
        _file = file;
        _packages = new CataloguePackage?[file.Count(CatalogueSection.Packages)];
        _distributions = new CatalogueDistribution?[file.Count(CatalogueSection.Distributions)];
        Platforms = file.GetStrings(CatalogueSection.Platforms, 0, file.Count(CatalogueSection.Platforms));
        _facts = new(name => new(name, this), MostKeptNames);
        _nearest = new(name => WheelPackageName.TryParse(name, out WheelPackageName? wanted) ? FindNearest(wanted, MostKeptNearest) : [], MostKeptUnknownNames);
    }

    /// <summary>The catalogue that is part of this program; see <c>docs/catalogue.md</c> for what it was made from.</summary>
    public static PackageCatalogue BuiltIn => LazyBuiltIn.Value;

    /// <summary>What it was made from.</summary>
    public string Description => _file.GetString(_file.Get(CatalogueSection.Information, 0));

    /// <summary>Of which day its list of packages is, or when facts were added last.</summary>
    public DateOnly Date
    {
        get
        {
            uint number = _file.GetUnsigned(CatalogueSection.Information, 1);
            (int year, int month, int day) = ((int)(number / 10_000), (int)(number / 100 % 100), (int)(number % 100));
            bool isDate = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
            return isDate ? new(year, month, day) : DateOnly.MinValue;
        }
    }

    /// <summary>The platforms for which versions are known to be or not to be, such as <c>manylinux-x64-py3.11</c>.</summary>
    public ImmutableArray<string> Platforms { get; }

    /// <summary>How many packages it has.</summary>
    public int PackageCount => _file.Count(CatalogueSection.Packages);

    /// <summary>How many versions its packages have together.</summary>
    public int VersionCount => _file.Count(CatalogueSection.Versions);

    /// <summary>How many distributions it knows, with packages or without.</summary>
    public int DistributionCount => _file.Count(CatalogueSection.Distributions);

    /// <summary>Of how many versions of distributions it knows requirements and modules.</summary>
    public int MetadataCount => _file.Count(CatalogueSection.Metadata);

    /// <summary>How many modules it knows.</summary>
    public int ModuleCount => Enumerable.Range(0, _file.Count(CatalogueSection.ModuleIndex)).Select(entry => _file.Get(CatalogueSection.ModuleIndex, entry)).Distinct().Count();

    /// <summary>All packages, in the order of their names' bytes.</summary>
    public IEnumerable<CataloguePackage> Packages => Enumerable.Range(0, PackageCount).Select(GetPackage);

    /// <summary>All distributions, in the order of their names' bytes.</summary>
    public IEnumerable<CatalogueDistribution> Distributions => Enumerable.Range(0, DistributionCount).Select(GetDistribution);

    /// <summary>Reads a catalogue. The bytes are not copied, and must not change.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PackageCatalogue? catalogue, [NotNullWhen(false)] out CatalogueFault? fault)
    {
        catalogue = CatalogueFile.TryOpen(bytes, out CatalogueFile? file, out fault) ? new(file) : null;
        return catalogue is not null;
    }

    /// <summary>A package by its name as specs write it, with its template; null when the catalogue does not know it.</summary>
    public CataloguePackage? FindPackage(string name)
    {
        int entry = _file.Find(CatalogueSection.Packages, name);
        return entry < 0 ? null : GetPackage(entry);
    }

    /// <summary>
    /// The package that a name stands for: itself, or, where the name writes a platform out or has another template than usual, the package with
    /// <c>${vpython_platform}</c> in its place. Null when the catalogue knows neither.
    /// </summary>
    public CataloguePackage? FindPackageOf(WheelPackageName name) =>
        FindPackage(name.Text) ?? (name.Form == WheelPackageForm.Platform ? FindPackage(name.In(WheelPackageForm.Platform)) : null);

    /// <summary>A distribution by its name; null when the catalogue does not know it.</summary>
    public CatalogueDistribution? FindDistribution(DistributionName name)
    {
        int entry = _file.Find(CatalogueSection.Distributions, name.Value);
        return entry < 0 ? null : GetDistribution(entry);
    }

    /// <summary>
    /// The distributions that bring a module, most used first: those that bring it itself or the nearest package around it, else those that bring something
    /// inside it, where it is a namespace. Empty when the catalogue knows none.
    /// </summary>
    /// <param name="module">A name with dots: <c>yaml</c>, <c>google.protobuf.text_format</c>.</param>
    public ImmutableArray<CatalogueDistribution> FindModule(string module)
    {
        for (string name = module; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            if (FindEntries(name, candidate => candidate == name) is [_, ..] found) return found;
        }
        return FindEntries(module + ".", candidate => candidate.StartsWith(module + ".", StringComparison.Ordinal));
    }

    /// <summary>
    /// The packages that may have been meant by a name that there is not, the nearest first: of the same distribution, then of distributions that are spelt
    /// alike. Empty when none is near.
    /// </summary>
    public ImmutableArray<CataloguePackage> NearestPackages(string name, int count = 3)
    {
        if (!WheelPackageName.TryParse(name, out WheelPackageName? wanted)) return [];
        ImmutableArray<CataloguePackage> nearest = _nearest.Of(wanted.Text);
        return nearest.Length <= count ? nearest : count <= MostKeptNearest ? nearest[..count] : FindNearest(wanted, count);
    }

    /// <summary>What a name that a wheel may have says, and what this catalogue has of it.</summary>
    internal WheelNameFacts FactsOf(string name) => _facts.Of(name);

    /// <summary>The package of an entry.</summary>
    internal CataloguePackage GetPackage(int entry) => Volatile.Read(ref _packages[entry]) ?? Keep(ref _packages[entry], new(this, _file, entry));

    /// <summary>The distribution of an entry.</summary>
    internal CatalogueDistribution GetDistribution(int entry) => Volatile.Read(ref _distributions[entry]) ?? Keep(ref _distributions[entry], new(this, _file, entry));

    /// <summary>Keeps an object for all who ask; of several threads that made one, the first. What it reads costs far more than itself.</summary>
    private static T Keep<T>(ref T? place, T made)
        where T : class =>
        Interlocked.CompareExchange(ref place, made, null) ?? made;

    private ImmutableArray<CataloguePackage> FindNearest(WheelPackageName wanted, int count)
    {
        string distribution = wanted.Distribution.Value;
        var near = new List<(CataloguePackage Package, int Distance)>();
        foreach (CataloguePackage package in Packages)
        {
            // At most a third of the letters differ: short names that share half their letters have nothing to do with each other.
            string other = package.ParsedName.Distribution.Value;
            int most = Math.Max(distribution.Length, other.Length) / 3;
            if (Math.Abs(distribution.Length - other.Length) <= most && EditDistance.Between(distribution, other) is int distance && distance <= most) near.Add((package, distance));
        }
        near.Sort(static (left, right) => left.Distance.CompareTo(right.Distance));
        // Further ones than those that are taken need not be put in order.
        int last = near.Count > count ? near[count - 1].Distance : int.MaxValue;
        return
        [
            .. near.Where(found => found.Distance <= last)
                .OrderBy(static found => found.Distance)
                .ThenBy(found => EditDistance.Between(wanted.Text, found.Package.Name))
                .ThenByDescending(static found => found.Package.Uses)
                .ThenBy(static found => found.Package.Name, StringComparer.Ordinal)
                .Take(count)
                .Select(static found => found.Package),
        ];
    }

    private ImmutableArray<CatalogueDistribution> FindEntries(string first, Func<string, bool> belongs)
    {
        int entry = _file.Find(CatalogueSection.ModuleIndex, first);
        if (entry < 0) entry = ~entry;
        var found = new SortedSet<int>();
        for (; entry < _file.Count(CatalogueSection.ModuleIndex); entry++)
        {
            if (!belongs(_file.GetString(_file.Get(CatalogueSection.ModuleIndex, entry)))) break;
            found.Add(_file.Get(CatalogueSection.ModuleIndex, entry, 1));
        }
        IEnumerable<CatalogueDistribution> distributions = found.Select(GetDistribution);
        return [.. distributions.Concat(distributions.Where(static distribution => distribution.Packages.IsEmpty).SelectMany(PublishedAs)).Distinct().OrderByDescending(distribution => distribution.Uses)];
    }

    /// <summary>The distributions with packages that have their modules from one without: see <see cref="CatalogueDistribution.Modules"/>.</summary>
    private IEnumerable<CatalogueDistribution> PublishedAs(CatalogueDistribution distribution)
    {
        string begin = distribution.Name.Value + "-";
        int entry = _file.Find(CatalogueSection.Distributions, begin);
        for (entry = entry < 0 ? ~entry : entry; entry < DistributionCount && GetDistribution(entry) is { } longer && longer.Name.Value.StartsWith(begin, StringComparison.Ordinal); entry++)
        {
            if (!longer.Packages.IsEmpty && longer.Modules.AsSpan().SequenceEqual(distribution.Modules.AsSpan())) yield return longer;
        }
    }
}
