using System.Buffers.Binary;
using System.Text;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Packages.Catalogue;

/// <summary>Collects facts and makes a catalogue of them. The same facts give the same bytes, in whatever order they came.</summary>
public sealed class CatalogueBuilder
{
    /// <summary>How many platforms a catalogue can tell apart.</summary>
    public const int MaximumPlatforms = 62;

    /// <summary>How many versions, and how many pieces of metadata, a catalogue can have.</summary>
    public const int MaximumEntries = 1_000_000;

    private readonly SortedSet<string> _platforms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Dictionary<string, VersionFacts>> _packages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Dictionary<string, DistributionMetadata>> _metadata = new(StringComparer.Ordinal);
    private int _entries;

    /// <summary>What the catalogue is made from.</summary>
    public string Description { get; set; } = "";

    /// <summary>Of which day its list of packages is.</summary>
    public DateOnly Date { get; set; } = DateOnly.MinValue;

    /// <summary>Begins with all that a catalogue knows.</summary>
    public static CatalogueBuilder From(PackageCatalogue catalogue)
    {
        var builder = new CatalogueBuilder { Description = catalogue.Description, Date = catalogue.Date };
        builder._platforms.UnionWith(catalogue.Platforms);
        foreach (CataloguePackage package in catalogue.Packages)
        {
            foreach (CatalogueVersion version in package.Versions)
            {
                VersionFacts facts = builder.GetOrAdd(package.Name, version.Version.Text);
                facts.Uses = version.Uses;
                facts.IsUniversal = version.Availability.IsUniversal;
                facts.Platforms.UnionWith(version.Availability.Platforms);
            }
        }
        foreach (CatalogueDistribution distribution in catalogue.Distributions)
        {
            foreach (DistributionMetadata metadata in distribution.Metadata) builder.Set(distribution.Name, metadata);
        }
        return builder;
    }

    /// <summary>Adds a version of a package of which nothing else is known, unless it is there.</summary>
    /// <returns>What is wrong with the name or the version; null when nothing is.</returns>
    public string? AddVersion(string package, string version) => Enter(package, version, out _);

    /// <summary>Adds a version with the platforms that it is for, in place of what was known of its platforms.</summary>
    /// <param name="package">The name, as specs write it.</param>
    /// <param name="version">The version, as specs write it.</param>
    /// <param name="isUniversal">Whether it is for all platforms.</param>
    /// <param name="platforms">The platforms that have a build, if not all.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? SetAvailability(string package, string version, bool isUniversal, params IEnumerable<string> platforms)
    {
        if (Enter(package, version, out VersionFacts? facts) is { } fault) return fault;
        facts!.IsUniversal = isUniversal;
        facts.Platforms.Clear();
        return isUniversal ? null : AddPlatforms(facts, platforms);
    }

    /// <summary>Whether it is known for which platforms a version is.</summary>
    public bool KnowsPlatforms(string package, string version) =>
        _packages.TryGetValue(package, out Dictionary<string, VersionFacts>? versions) && versions.TryGetValue(version, out VersionFacts? facts) && (facts.IsUniversal || facts.Platforms.Count > 0);

    /// <summary>Adds a version with platforms that have a build, besides those that are known.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? AddAvailability(string package, string version, params IEnumerable<string> platforms)
    {
        if (Enter(package, version, out VersionFacts? facts) is { } fault) return fault;
        return facts!.IsUniversal ? null : AddPlatforms(facts, platforms);
    }

    /// <summary>Adds a version with the number of specs that were seen to name it.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? SetUses(string package, string version, int uses)
    {
        if (Enter(package, version, out VersionFacts? facts) is { } fault) return fault;
        facts!.Uses = Math.Max(0, uses);
        return null;
    }

    /// <summary>Adds what is known of a version of a distribution, in place of what was.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? SetMetadata(DistributionName distribution, DistributionMetadata metadata)
    {
        if (!Pep440Version.TryParse(metadata.Version, out _, out string? error)) return error;
        if (_entries >= MaximumEntries) return $"there are more than {MaximumEntries} entries";
        Set(distribution, metadata);
        return null;
    }

    /// <summary>The bytes of the catalogue.</summary>
    public byte[] Build() => new Writer(this).Write();

    private void Set(DistributionName distribution, DistributionMetadata metadata)
    {
        if (!_metadata.TryGetValue(distribution.Value, out Dictionary<string, DistributionMetadata>? versions)) _metadata.Add(distribution.Value, versions = new(StringComparer.Ordinal));
        if (!versions.ContainsKey(metadata.Version)) _entries++;
        versions[metadata.Version] = metadata;
    }

    private string? Enter(string package, string version, out VersionFacts? facts)
    {
        facts = null;
        if (!PackageTemplate.TryParse(package, out _, out string? error)) return error;
        if (!WheelPackageName.TryParse(package, out _)) return $"no part of the package name '{package}' can be the name of a distribution";
        if (!CipdVersion.TryParse(version, out _, out error)) return error;
        if (_entries >= MaximumEntries) return $"there are more than {MaximumEntries} entries";
        facts = GetOrAdd(package, version);
        return null;
    }

    private VersionFacts GetOrAdd(string package, string version)
    {
        if (!_packages.TryGetValue(package, out Dictionary<string, VersionFacts>? versions)) _packages.Add(package, versions = new(StringComparer.Ordinal));
        if (versions.TryGetValue(version, out VersionFacts? facts)) return facts;
        _entries++;
        versions.Add(version, facts = new());
        return facts;
    }

    private string? AddPlatforms(VersionFacts facts, IEnumerable<string> platforms)
    {
        foreach (string platform in platforms)
        {
            if (platform.Length is 0 or > 64 || !platform.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) return $"'{platform}' is not the name of a platform";
            if (!_platforms.Contains(platform) && _platforms.Count == MaximumPlatforms) return $"there are more than {MaximumPlatforms} platforms";
            _platforms.Add(platform);
            facts.Platforms.Add(platform);
        }
        return null;
    }

    private sealed class VersionFacts
    {
        public int Uses { get; set; }

        public bool IsUniversal { get; set; }

        public HashSet<string> Platforms { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Lays the facts out. Strings are numbered in the order of their bytes, so that the numbers do not depend on the order of the facts.</summary>
    /// <param name="facts">The facts.</param>
    private sealed class Writer(CatalogueBuilder facts)
    {
        private readonly List<uint>[] _sections = [.. Enum.GetValues<CatalogueSection>().Select(_ => new List<uint>())];
        private readonly Dictionary<string, uint> _strings = new(StringComparer.Ordinal);
        private readonly string[] _distributions =
        [
            .. facts._packages.Keys.Select(DistributionOf).Concat(facts._metadata.Keys).Distinct().Order(Utf8Order.Instance),
        ];

        public byte[] Write()
        {
            byte[] text = NumberStrings();
            string[] platforms = [.. facts._platforms];
            Append(CatalogueSection.Information, String(facts.Description), (uint)((facts.Date.Year * 10_000) + (facts.Date.Month * 100) + facts.Date.Day));
            foreach (string platform in platforms) Append(CatalogueSection.Platforms, String(platform));
            var packages = facts._packages.OrderBy(package => package.Key, Utf8Order.Instance).ToList();
            foreach ((string name, Dictionary<string, VersionFacts> versions) in packages) AppendPackage(name, versions, platforms);
            ILookup<string, int> packagesOf = packages.Select((package, index) => (DistributionOf(package.Key), index)).ToLookup(pair => pair.Item1, pair => pair.index);
            foreach (string distribution in _distributions) AppendDistribution(distribution, packagesOf);
            AppendModuleIndex();
            return Assemble(text);
        }

        private static string DistributionOf(string package) =>
            WheelPackageName.TryParse(package, out WheelPackageName? name) ? name.Distribution.Value : throw new InvalidOperationException("Names were checked when they were added.");

        private byte[] NumberStrings()
        {
            IEnumerable<string> metadata = facts._metadata.Values.SelectMany(versions => versions.Values)
                .SelectMany(one => (IEnumerable<string>)[one.Version, one.RequiresPython, one.Summary, one.Source, .. one.RequirementTexts, .. one.Modules]);
            string[] all =
            [
                .. ((IEnumerable<string>)["", facts.Description, .. facts._platforms, .. facts._packages.Keys, .. _distributions])
                    .Concat(facts._packages.Values.SelectMany(versions => versions.Keys))
                    .Concat(metadata)
                    .Distinct()
                    .Order(Utf8Order.Instance),
            ];
            var text = new MemoryStream();
            foreach (string one in all)
            {
                text.Write(Encoding.UTF8.GetBytes(one));
                _strings.Add(one, (uint)_strings.Count);
                Append(CatalogueSection.Strings, (uint)text.Length);
            }
            return text.ToArray();
        }

        private void AppendPackage(string name, Dictionary<string, VersionFacts> versions, string[] platforms)
        {
            uint distribution = (uint)Array.BinarySearch(_distributions, DistributionOf(name), Utf8Order.Instance);
            Append(CatalogueSection.Packages, String(name), distribution, Next(CatalogueSection.Versions), (uint)versions.Count);
            foreach ((string version, VersionFacts one) in versions.OrderByDescending(version => WheelVersion.Parse(version.Key)))
            {
                ulong bits = one.IsUniversal ? BuildAvailability.UniversalBit : 0;
                foreach (string platform in one.Platforms) bits |= 1UL << Array.BinarySearch(platforms, platform, StringComparer.Ordinal);
                Append(CatalogueSection.Versions, String(version), (uint)one.Uses, (uint)bits, (uint)(bits >> 32));
            }
        }

        private void AppendDistribution(string name, ILookup<string, int> packagesOf)
        {
            Dictionary<string, DistributionMetadata> metadata = facts._metadata.GetValueOrDefault(name) ?? [];
            int[] packages = [.. packagesOf[name]];
            Append(
                CatalogueSection.Distributions,
                String(name), Next(CatalogueSection.PackageReferences), (uint)packages.Length, Next(CatalogueSection.Metadata), (uint)metadata.Count);
            foreach (int package in packages) Append(CatalogueSection.PackageReferences, (uint)package);
            foreach (DistributionMetadata one in metadata.Values.OrderByDescending(one => WheelVersion.Parse("version:" + one.Version))) AppendMetadata(one);
        }

        private void AppendMetadata(DistributionMetadata one)
        {
            Append(
                CatalogueSection.Metadata,
                String(one.Version), String(one.RequiresPython), String(one.Summary), String(one.Source), one.SourceHasAllRequirements ? 1u : 0u,
                Next(CatalogueSection.Requirements), (uint)one.RequirementTexts.Length, Next(CatalogueSection.Modules), (uint)one.Modules.Length);
            foreach (string requirement in one.RequirementTexts) Append(CatalogueSection.Requirements, String(requirement));
            foreach (string module in one.Modules.Order(Utf8Order.Instance)) Append(CatalogueSection.Modules, String(module));
        }

        private void AppendModuleIndex()
        {
            var index = new SortedSet<(uint Module, uint Distribution)>();
            foreach ((string distribution, Dictionary<string, DistributionMetadata> versions) in facts._metadata)
            {
                uint entry = (uint)Array.BinarySearch(_distributions, distribution, Utf8Order.Instance);
                foreach (string module in versions.Values.SelectMany(one => one.Modules)) index.Add((String(module), entry));
            }
            foreach ((uint module, uint distribution) in index) Append(CatalogueSection.ModuleIndex, module, distribution);
        }

        private uint String(string text) => _strings[text];

        private uint Next(CatalogueSection section) => (uint)(_sections[(int)section].Count / CatalogueFile.WidthOf(section));

        private void Append(CatalogueSection section, params ReadOnlySpan<uint> numbers) => _sections[(int)section].AddRange(numbers);

        private byte[] Assemble(byte[] text)
        {
            int directory = CatalogueFile.HeaderLength + (_sections.Length * 2 * sizeof(uint));
            var output = new MemoryStream();
            output.SetLength(directory);
            output.Position = directory;
            var entries = new List<uint>();
            foreach (CatalogueSection section in Enum.GetValues<CatalogueSection>())
            {
                entries.Add((uint)output.Position);
                entries.Add(section == CatalogueSection.Text ? (uint)text.Length : Next(section));
                if (section == CatalogueSection.Text) output.Write(text);
                foreach (uint number in _sections[(int)section]) WriteNumber(output, number);
            }
            byte[] bytes = output.ToArray();
            CatalogueFile.Magic.CopyTo(bytes);
            uint[] header = [CatalogueFile.Format, (uint)bytes.Length, 0, (uint)_sections.Length, .. entries];
            for (int i = 0; i < header.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8 + (i * sizeof(uint))), header[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), CatalogueFile.Checksum(bytes.AsSpan(20)));
            return bytes;
        }

        private static void WriteNumber(MemoryStream output, uint number)
        {
            Span<byte> buffer = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(buffer, number);
            output.Write(buffer);
        }
    }

    /// <summary>The order of the UTF-8 bytes, in which the file is searched; that of UTF-16 units differs beyond the basic plane.</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(string? left, string? right) =>
            Ascii.IsValid(left) && Ascii.IsValid(right)
                ? string.CompareOrdinal(left, right)
                : Encoding.UTF8.GetBytes(left!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right!));
    }
}
