using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd;

/// <summary>Walks through all packages below prefixes, with their instances, tags and refs: what a catalogue is made of.</summary>
/// <param name="source">The source.</param>
/// <param name="instancesOfEach">The most instances of one package that are looked at, the newest first.</param>
internal sealed class PackageListing(IPackageSource source, int instancesOfEach = 1000)
{
    private const int PackagesAtOnce = 8;

    /// <summary>The names of all packages below some prefixes, sorted, each once.</summary>
    public async Task<Result<ImmutableArray<PackageName>>> NamesAsync(IReadOnlyList<string> prefixes, CancellationToken cancellation)
    {
        var names = new SortedSet<PackageName>();
        foreach (string prefix in prefixes)
        {
            if (!(await source.ListAsync(prefix, isRecursive: true, cancellation).ConfigureAwait(false)).TryGet(out PrefixListing? listing, out Failure? failure)) return failure;
            foreach (string text in listing.Packages)
            {
                if (PackageName.TryParse(text, out PackageName name, out _)) names.Add(name);
            }
        }
        return names.ToImmutableArray();
    }

    /// <summary>Describes packages, several at a time; each comes as soon as it is known, so that whoever is interrupted can go on with the rest.</summary>
    public async IAsyncEnumerable<(PackageName Name, Result<ImmutableArray<InstanceDescription>> Instances)> DescribeAsync(
        IReadOnlyList<PackageName> names, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var done = Channel.CreateBounded<(PackageName, Result<ImmutableArray<InstanceDescription>>)>(PackagesAtOnce);
        Task work = DescribeAllAsync(names, done.Writer, cancellation);
        await foreach ((PackageName, Result<ImmutableArray<InstanceDescription>>) package in done.Reader.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return package;
        await work.ConfigureAwait(false);
    }

    /// <summary>All instances of a package, with their tags and refs.</summary>
    public async Task<Result<ImmutableArray<InstanceDescription>>> DescribeAsync(PackageName name, CancellationToken cancellation)
    {
        Result<ImmutableArray<InstanceDescription>> listed = await source.ListInstancesAsync(name, instancesOfEach, cancellation).ConfigureAwait(false);
        return await DescribeAsync(listed, cancellation).ConfigureAwait(false);
    }

    /// <summary>The instances of a package that have all of some tags, with all their tags and refs.</summary>
    public async Task<Result<ImmutableArray<InstanceDescription>>> DescribeAsync(PackageName name, ImmutableArray<CipdVersion> tags, CancellationToken cancellation)
    {
        Result<ImmutableArray<InstanceDescription>> found = await source.SearchAsync(name, tags, instancesOfEach, cancellation).ConfigureAwait(false);
        return await DescribeAsync(found, cancellation).ConfigureAwait(false);
    }

    private async Task<Result<ImmutableArray<InstanceDescription>>> DescribeAsync(Result<ImmutableArray<InstanceDescription>> result, CancellationToken cancellation)
    {
        if (!result.TryGet(out ImmutableArray<InstanceDescription> listed, out Failure? failure)) return failure;
        Result<InstanceDescription>[] described = await Task.WhenAll(listed.Select(instance => source.DescribeAsync(instance.Pin, cancellation).AsTask())).ConfigureAwait(false);
        var instances = ImmutableArray.CreateBuilder<InstanceDescription>(described.Length);
        foreach (Result<InstanceDescription> one in described)
        {
            if (!one.TryGet(out InstanceDescription? description, out failure)) return failure;
            instances.Add(description);
        }
        return instances.MoveToImmutable();
    }

    private async Task DescribeAllAsync(
        IReadOnlyList<PackageName> names, ChannelWriter<(PackageName, Result<ImmutableArray<InstanceDescription>>)> done, CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            await Parallel.ForEachAsync(
                names,
                new ParallelOptions { MaxDegreeOfParallelism = PackagesAtOnce, CancellationToken = cancellation },
                async (name, stop) => await done.WriteAsync((name, await DescribeAsync(name, stop).ConfigureAwait(false)), stop).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            failure = exception;
        }
        done.Complete(failure);
    }
}
