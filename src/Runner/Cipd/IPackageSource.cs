using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>
/// Where packages come from: a directory, a service with the cache in front of it, or several of them one behind the other. A source is used by many tasks at once; one
/// that has its answer at hand gives a completed task.
/// </summary>
public interface IPackageSource
{
    /// <summary>The source as messages name it, such as <c>package directory 'samples/packages'</c>.</summary>
    string Description { get; }

    /// <summary>The files that say what versions mean, as they were before they were read; while they are unchanged, so is every answer that comes from them.</summary>
    ImmutableArray<WatchedPath> Watched { get; }

    /// <summary>Whether a ref can come to name another instance without a change of <see cref="Watched"/>.</summary>
    bool ChangesUnseen { get; }

    /// <summary>
    /// Finds the instance that a version means. Fails when there is no such package, no such version, or when a tag means several
    /// instances.
    /// </summary>
    ValueTask<Result<PackagePin>> ResolveAsync(PackageName name, CipdVersion version, CancellationToken cancellation);

    /// <summary>
    /// Opens an instance whose bytes have been checked against its pin; the caller disposes it when its wheels are installed.
    /// </summary>
    ValueTask<Result<InstanceFile>> FetchAsync(PackagePin pin, CancellationToken cancellation);

    /// <summary>Lists what is below a prefix, as far as it may be seen; nothing where there is nothing.</summary>
    /// <param name="prefix">The prefix without a slash at its end; empty for the root.</param>
    /// <param name="isRecursive">Whether all that is below is listed, not only what is directly below.</param>
    /// <param name="cancellation">Stops at once.</param>
    ValueTask<Result<PrefixListing>> ListAsync(string prefix, bool isRecursive, CancellationToken cancellation);

    /// <summary>Lists the instances of a package, the newest first where that is known.</summary>
    /// <param name="name">The package.</param>
    /// <param name="limit">The most that are listed.</param>
    /// <param name="cancellation">Stops at once.</param>
    ValueTask<Result<ImmutableArray<InstanceDescription>>> ListInstancesAsync(PackageName name, int limit, CancellationToken cancellation);

    /// <summary>Tells all that is known of an instance.</summary>
    ValueTask<Result<InstanceDescription>> DescribeAsync(PackagePin pin, CancellationToken cancellation);

    /// <summary>Lists the instances of a package that have all of some tags, the newest first where that is known; none where no instance has them. A source that cannot search looks at each instance.</summary>
    /// <param name="name">The package.</param>
    /// <param name="tags">The tags, at least one.</param>
    /// <param name="limit">The most that are listed.</param>
    /// <param name="cancellation">Stops at once.</param>
    async ValueTask<Result<ImmutableArray<InstanceDescription>>> SearchAsync(PackageName name, ImmutableArray<CipdVersion> tags, int limit, CancellationToken cancellation) =>
        (await new PackageListing(this).DescribeAsync(name, cancellation).ConfigureAwait(false)).Then<ImmutableArray<InstanceDescription>>(instances =>
            instances.Where(instance => tags.All(tag => instance.Tags.Contains(tag.Value))).Take(limit).ToImmutableArray());

    /// <summary>Lists the refs of a package, the newest first where that is known. A source that keeps no list of them looks at each instance.</summary>
    async ValueTask<Result<ImmutableArray<PackageRef>>> ListRefsAsync(PackageName name, CancellationToken cancellation) =>
        (await new PackageListing(this).DescribeAsync(name, cancellation).ConfigureAwait(false)).Then<ImmutableArray<PackageRef>>(instances =>
            instances.SelectMany(instance => instance.Refs.Select(reference => new PackageRef(reference, instance.Pin))).DistinctBy(reference => reference.Name).ToImmutableArray());

    /// <summary>Whether fetching an instance asks nobody: its bytes lie on this machine. They may still turn out to be damaged.</summary>
    bool HasAtHand(PackagePin pin);
}
