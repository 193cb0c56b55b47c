using System.Collections.Immutable;
using VPythonTools.Runner.Cipd;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Catalogues;

/// <summary>The sources of facts for a catalogue, by what the user names.</summary>
internal static class CatalogueSources
{
    /// <summary>The source at a path: a package directory, a wheel, or a list of wheels.</summary>
    public static Result<ICatalogueSource> Open(string workingDirectory, string named)
    {
        if (string.IsNullOrWhiteSpace(named)) return new Failure("VPY3005", "the path of a file to import is empty") { ExitCode = 2 };
        string path = Path.Combine(workingDirectory, named);
        if (Directory.Exists(path)) return PackageDirectory.Open(path).Then<ICatalogueSource>(directory => new PackageDirectorySource(directory));
        return named.EndsWith(".whl", StringComparison.OrdinalIgnoreCase) ? new WheelFileSource(path) : new WheelListSource(path, named);
    }

    /// <summary>The places that packages come from: a CIPD service, or what stands in for it.</summary>
    /// <param name="invocation">What the caller said and gave.</param>
    /// <param name="prefixes">What is looked at.</param>
    /// <param name="withMetadata">Whether wheels are fetched for what they need and bring.</param>
    /// <param name="store">The catalogue that is to be extended.</param>
    public static Result<ICatalogueSource> OpenService(Invocation invocation, ImmutableArray<string> prefixes, bool withMetadata, CatalogueStore store) =>
        invocation.Packages.Open(trustsEarlierAnswers: false).Then<ICatalogueSource>(packages => new PackageServiceSource(packages, prefixes, withMetadata, store.Path + ".update"));
}
