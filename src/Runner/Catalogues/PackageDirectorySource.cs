using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Packages.Catalogue;

namespace VPythonTools.Runner.Catalogues;

/// <summary>
/// The facts of a package directory: which versions there are, and the metadata of the wheels in it. A directory has what somebody put there: it shows for which
/// platforms a version is, not for which it is not; so a version of which no platforms are known stays so.
/// </summary>
/// <param name="directory">The directory.</param>
internal sealed class PackageDirectorySource(PackageDirectory directory) : ICatalogueSource
{
    /// <inheritdoc/>
    public string Description => directory.Description;

    /// <inheritdoc/>
    public async ValueTask<Result<CollectedFacts>> CollectAsync(CatalogueBuilder catalogue, CancellationToken cancellation)
    {
        var facts = new CollectedFacts(0, 0);
        foreach ((PackagePin pin, ImmutableArray<string> tags) in directory.Instances)
        {
            cancellation.ThrowIfCancellationRequested();
            if (BuiltPackage.Of(pin.Name) is not { } package) continue;
            foreach (string tag in tags.Where(tag => tag.StartsWith("version:", StringComparison.Ordinal)))
            {
                string? problem = package.IsUniversal ? catalogue.SetAvailability(package.SpecName, tag, isUniversal: true)
                    : catalogue.KnowsPlatforms(package.SpecName, tag) ? catalogue.AddAvailability(package.SpecName, tag, package.Platforms)
                    : catalogue.AddVersion(package.SpecName, tag);
                if (problem is not null) return new Failure("VPY3405", $"The {Description} has a package that no catalogue can have: {problem}");
                facts = facts with { Versions = facts.Versions + 1 };
            }
            Result<InstanceFile> fetched = await directory.FetchAsync(pin, cancellation).ConfigureAwait(false);
            if (!fetched.TryGet(out InstanceFile? instance, out Failure? failure)) return failure;
            using (instance)
            {
                Result<ImmutableArray<WheelArchive>> opened = instance.OpenWheels();
                if (!opened.TryGet(out ImmutableArray<WheelArchive> wheels, out failure)) return failure;
                foreach (WheelArchive wheel in wheels)
                {
                    if (!WheelKnowledge.AddTo(catalogue, wheel).TryGet(out _, out failure)) return failure;
                    facts = facts with { Metadata = facts.Metadata + 1 };
                }
            }
        }
        return facts;
    }
}
