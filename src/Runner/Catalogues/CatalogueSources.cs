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

    /// <summary>The CIPD service.</summary>
    public static Result<ICatalogueSource> OpenService(Invocation invocation)
    {
        invocation.Log.Debug("catalog update: this version reads no CIPD service");
        return new Failure("VPY3408", "The catalogue cannot be updated from the CIPD service: this version has no client for it")
        {
            NextStep = "import the published list: 'vpython3 catalog import wheels.md'; 'vpython3 catalog import --help' says what else can be imported",
        };
    }
}
