using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// Several sources, one behind the other: what the first has not, the next may have. Only what is missing, or not shown to the account, is looked for further on; a source that fails otherwise, by damage for one, is
/// never passed over, since the next might have something else under the same name.
/// </summary>
/// <param name="sources">The sources, the first first; at least one.</param>
public sealed class StackedSources(ImmutableArray<IPackageSource> sources) : IPackageSource
{
    /// <inheritdoc/>
    public string Description => string.Join(" or the ", sources.Select(source => source.Description));

    /// <inheritdoc/>
    public ImmutableArray<WatchedPath> Watched => [.. sources.SelectMany(source => source.Watched)];

    /// <inheritdoc/>
    public bool ChangesUnseen => sources.Any(source => source.ChangesUnseen);

    /// <inheritdoc/>
    public async ValueTask<Result<PackagePin>> ResolveAsync(PackageName name, CipdVersion version, CancellationToken cancellation)
    {
        Failure? nearest = null;
        var hidden = new List<Failure>();
        foreach (IPackageSource source in sources)
        {
            Result<PackagePin> resolved = await source.ResolveAsync(name, version, cancellation).ConfigureAwait(false);
            if (resolved.Failure is not { } failure || !MissingVersion.MayBeElsewhere(failure)) return resolved;
            if (failure.Code == MissingVersion.NotSeen)
            {
                hidden.Add(failure);
                continue;
            }

            // A source that has the package but not the version knows more of what was meant than one that has neither.
            if (nearest is null || nearest.Code == MissingVersion.NoPackage) nearest = failure;
        }
        if (nearest is null) return Failure.All(hidden);
        return nearest with { Message = nearest.Message + (hidden.Count == 0 ? Elsewhere(nearest) : ""), Others = hidden };
    }

    /// <inheritdoc/>
    public async ValueTask<Result<InstanceFile>> FetchAsync(PackagePin pin, CancellationToken cancellation)
    {
        Failure? first = null;
        foreach (IPackageSource source in sources)
        {
            // An instance is the same wherever it is. A source is asked first whether it has it, so that its damage is not taken for its absence.
            if (sources.Length > 1 && source is PackageDirectory
                && (await source.ResolveAsync(pin.Name, CipdVersion.Of(pin.Instance), cancellation).ConfigureAwait(false)).Failure is { } missing)
            {
                first ??= missing;
                continue;
            }
            Result<InstanceFile> fetched = await source.FetchAsync(pin, cancellation).ConfigureAwait(false);
            if (fetched.Failure is not { } failure || source is PackageDirectory || !MissingVersion.MayBeElsewhere(failure)) return fetched;
            first ??= failure;
        }
        return first!;
    }

    /// <inheritdoc/>
    public bool HasAtHand(PackagePin pin) => sources.Any(source => source.HasAtHand(pin));

    /// <inheritdoc/>
    public async ValueTask<Result<PrefixListing>> ListAsync(string prefix, bool isRecursive, CancellationToken cancellation)
    {
        var packages = new SortedSet<string>(StringComparer.Ordinal);
        var prefixes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (IPackageSource source in sources)
        {
            if (!(await source.ListAsync(prefix, isRecursive, cancellation).ConfigureAwait(false)).TryGet(out PrefixListing? listing, out Failure? failure)) return failure;
            packages.UnionWith(listing.Packages);
            prefixes.UnionWith(listing.Prefixes);
        }
        return new PrefixListing([.. packages], [.. prefixes]);
    }

    /// <inheritdoc/>
    public async ValueTask<Result<ImmutableArray<InstanceDescription>>> ListInstancesAsync(PackageName name, int limit, CancellationToken cancellation)
    {
        var instances = new List<InstanceDescription>();
        Failure? missing = null;
        bool isKnown = false;
        foreach (IPackageSource source in sources)
        {
            Result<ImmutableArray<InstanceDescription>> listed = await source.ListInstancesAsync(name, limit, cancellation).ConfigureAwait(false);
            if (listed.TryGet(out ImmutableArray<InstanceDescription> found, out Failure? failure))
            {
                isKnown = true;
                instances.AddRange(found.Where(instance => !instances.Exists(known => known.Pin == instance.Pin)));
            }
            else if (MissingVersion.MayBeElsewhere(failure))
            {
                missing ??= failure;
            }
            else
            {
                return failure;
            }
        }
        return isKnown ? instances.Take(limit).ToImmutableArray() : missing!;
    }

    /// <inheritdoc/>
    public async ValueTask<Result<InstanceDescription>> DescribeAsync(PackagePin pin, CancellationToken cancellation)
    {
        Failure? missing = null;
        foreach (IPackageSource source in sources)
        {
            Result<InstanceDescription> described = await source.DescribeAsync(pin, cancellation).ConfigureAwait(false);
            if (described.Failure is not { } failure || !MissingVersion.MayBeElsewhere(failure)) return described;
            missing ??= failure;
        }
        return missing!;
    }

    private string Elsewhere(Failure failure)
    {
        string[] others = [.. sources.Select(source => source.Description).Where(description => !failure.Message.Contains(description, StringComparison.Ordinal))];
        return others.Length == 0 ? "" : $", nor in the {string.Join(", nor in the ", others)}";
    }
}
