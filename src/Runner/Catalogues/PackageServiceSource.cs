using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>
/// The facts of a CIPD service: every package below some prefixes, its versions, and for which platforms they are. A service has all that there is, so what it does not list
/// for a platform is not built for it. What wheels need and bring is read of those that are at hand, or of all of them where that is asked for.
/// </summary>
/// <param name="packages">The service.</param>
/// <param name="prefixes">What is looked at, such as <c>infra/python/wheels</c>.</param>
/// <param name="withMetadata">Whether wheels are fetched for what they need and bring.</param>
/// <param name="journalPath">Where an update that is interrupted leaves what it knows.</param>
internal sealed class PackageServiceSource(IPackageSource packages, ImmutableArray<string> prefixes, bool withMetadata, string journalPath) : ICatalogueSource
{
    private const string VersionTag = "version:";

    /// <inheritdoc/>
    public string Description => packages.Description;

    /// <inheritdoc/>
    public async ValueTask<Result<CollectedFacts>> CollectAsync(CatalogueBuilder catalogue, CancellationToken cancellation)
    {
        var listing = new PackageListing(packages);
        if (!(await listing.NamesAsync(prefixes, cancellation).ConfigureAwait(false)).TryGet(out ImmutableArray<PackageName> names, out Failure? failure)) return failure;
        names = [.. names.Where(static name => BuiltPackage.Of(name) is not null)];
        if (names.IsEmpty)
            return new Failure("VPY3408", $"There are no packages of wheels below {string.Join(", ", prefixes.Select(static prefix => $"'{prefix}'"))} at the {packages.Description}, or not for this account")
            {
                NextStep = "'vpython3 package ls' lists what there is; --prefix names another prefix",
            };
        using var journal = UpdateJournal.Open(journalPath, $"{packages.Description} {string.Join(' ', prefixes)}");
        var versions = new VersionTable();
        foreach (PackageName name in names)
        {
            if (journal.Known.TryGetValue(name.Value, out string? facts)) versions.Add(name, facts);
        }
        using var progress = Progress.Start("packages", names.Length);
        ImmutableArray<PackageName> rest = [.. names.Where(name => !journal.Known.ContainsKey(name.Value))];
        progress.Advance(names.Length - rest.Length);
        await foreach ((PackageName name, Result<ImmutableArray<InstanceDescription>> described) in listing.DescribeAsync(rest, cancellation).ConfigureAwait(false))
        {
            if (!described.TryGet(out ImmutableArray<InstanceDescription> instances, out failure)) return failure;
            string facts = string.Join(' ', instances.SelectMany(static instance => instance.Tags.Where(IsVersion).Select(tag => $"{tag}={instance.Pin.Instance}")));
            versions.Add(name, facts);
            journal.Add(name.Value, facts);
            progress.Advance(1);
        }
        progress.Dispose();
        if (versions.EnterInto(catalogue) is { } problem) return new Failure("VPY3405", $"The {Description} has a package that no catalogue can have: {problem}");
        if (!(await ReadWheelsAsync(catalogue, versions.Pins, cancellation).ConfigureAwait(false)).TryGet(out int wheels, out failure)) return failure;
        journal.Finish();
        return new CollectedFacts(versions.Count, wheels);
    }

    private static bool IsVersion(string tag) => tag.StartsWith(VersionTag, StringComparison.Ordinal) && !tag.AsSpan().ContainsAny(" \t\n=");

    /// <summary>Reads what wheels need and bring, one wheel of each version.</summary>
    private async Task<Result<int>> ReadWheelsAsync(CatalogueBuilder catalogue, IReadOnlyCollection<PackagePin> pins, CancellationToken cancellation)
    {
        PackagePin[] wanted = [.. pins.Where(pin => withMetadata || packages.HasAtHand(pin))];
        using var progress = Progress.Start("wheels", wanted.Length);
        int read = 0;
        foreach (PackagePin pin in wanted)
        {
            if (!(await packages.FetchAsync(pin, cancellation).ConfigureAwait(false)).TryGet(out InstanceFile? instance, out Failure? failure)) return failure;
            using (instance)
            {
                // Not every package holds wheels that can be read; what cannot is no reason to know nothing of the others.
                if (instance.OpenWheels().TryGet(out ImmutableArray<WheelArchive> wheels, out _)) read += wheels.Count(wheel => WheelKnowledge.AddTo(catalogue, wheel).Failure is null);
            }
            progress.Advance(1);
        }
        return read;
    }

    /// <summary>The versions of packages as specs name them, with their platforms and one instance of each.</summary>
    private sealed class VersionTable
    {
        private readonly Dictionary<(string SpecName, string Version), (bool IsUniversal, HashSet<string> Platforms, PackagePin Pin)> _versions = [];

        public int Count => _versions.Count;

        public IReadOnlyCollection<PackagePin> Pins => [.. _versions.Values.Select(static version => version.Pin)];

        /// <summary>Adds a package: <c>version:1.0=INSTANCE</c>, with blanks between them.</summary>
        public void Add(PackageName name, string facts)
        {
            BuiltPackage package = BuiltPackage.Of(name)!;
            foreach (string fact in facts.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                int equals = fact.LastIndexOf('=');
                if (equals < 0 || !InstanceId.TryParse(fact[(equals + 1)..], out InstanceId instance)) continue;
                (string, string) key = (package.SpecName, fact[..equals]);
                if (!_versions.TryGetValue(key, out (bool IsUniversal, HashSet<string> Platforms, PackagePin Pin) known))
                    _versions.Add(key, known = (package.IsUniversal, new(StringComparer.Ordinal), new(name, instance)));
                known.Platforms.UnionWith(package.Platforms);
            }
        }

        /// <summary>Enters all of them into a catalogue; answers with what it refuses.</summary>
        public string? EnterInto(CatalogueBuilder catalogue) => _versions
            .OrderBy(static version => version.Key.SpecName, StringComparer.Ordinal).ThenBy(static version => version.Key.Version, StringComparer.Ordinal)
            .Select(version => catalogue.SetAvailability(version.Key.SpecName, version.Key.Version, version.Value.IsUniversal, version.Value.Platforms))
            .FirstOrDefault(static problem => problem is not null);
    }
}
