using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Builds a whole environment in one go: what venv writes, the pip and setuptools that come with the interpreter, and the wheels of a spec.
/// Starts no process.
/// </summary>
public static class VirtualEnvironmentBuilder
{
    /// <summary>Builds an environment.</summary>
    /// <param name="target">Where, and for which interpreter. The directory is empty or absent.</param>
    /// <param name="wheels">The wheels of the spec. One of them that is pip or setuptools takes the place of the interpreter's own.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public static Result<InstallReport> Build(InstallTarget target, IReadOnlyList<WheelArchive> wheels, CancellationToken cancellation = default)
    {
        if (!VirtualEnvironmentLayout.Write(target.Directory, target.FinalDirectory, target.Facts).TryGet(out _, out Failure? failure)) return failure;
        var seeds = new List<WheelArchive>();
        try
        {
            if (OpenSeeds(target.Facts.SeedWheels, wheels, seeds) is { } damaged) return damaged;
            return WheelInstaller.Install([.. seeds, .. wheels], target, cancellation);
        }
        finally
        {
            foreach (WheelArchive seed in seeds) seed.Dispose();
        }
    }

    private static Failure? OpenSeeds(ImmutableArray<string> paths, IReadOnlyList<WheelArchive> wheels, List<WheelArchive> seeds)
    {
        HashSet<DistributionName> wanted = [.. wheels.Select(wheel => wheel.Distribution)];
        foreach (string path in paths)
        {
            if (WheelFileName.TryParse(Path.GetFileName(path), out WheelFileName? name, out _) && wanted.Contains(name.Distribution)) continue;
            if (!WheelArchive.Open(path).TryGet(out WheelArchive? seed, out Failure? failure))
            {
                return new("VPY3302", $"The interpreter's own '{path}' cannot be installed into the environment: {failure.Message}")
                {
                    NextStep = "reinstall the Python that the file belongs to",
                };
            }
            seeds.Add(seed);
        }
        return null;
    }
}
