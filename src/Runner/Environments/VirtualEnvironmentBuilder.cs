using System.Collections.Immutable;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Wheels;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Builds a whole environment in one go: what venv writes, the pip and setuptools that come with the interpreter, and the wheels of a spec.
/// </summary>
internal static class VirtualEnvironmentBuilder
{
    /// <summary>Builds an environment.</summary>
    /// <param name="target">Where, and for which interpreter. The directory is empty or absent.</param>
    /// <param name="wheels">The wheels of the spec. One of them that is pip or setuptools takes the place of the interpreter's own.</param>
    /// <param name="openSeed">Opens a wheel file of the interpreter.</param>
    /// <param name="cloner">Brings files from the cache of unpacked wheels.</param>
    /// <param name="cancellation">Stops between two files.</param>
    internal static Result<InstallReport> Build(
        InstallTarget target, IReadOnlyList<Wheel> wheels, Func<string, Result<Wheel>> openSeed, FileCloner cloner, CancellationToken cancellation)
    {
        if (!VirtualEnvironmentLayout.Write(target.Directory, target.FinalDirectory, target.Facts).TryGet(out _, out Failure? failure)) return failure;
        var seeds = new List<Wheel>();
        try
        {
            if (OpenSeeds(target.Facts.SeedWheels, wheels, openSeed, seeds) is { } damaged) return damaged;
            return WheelInstaller.Install([.. seeds, .. wheels], target, cloner, cancellation);
        }
        finally
        {
            foreach (Wheel seed in seeds) seed.Dispose();
        }
    }

    private static Failure? OpenSeeds(ImmutableArray<string> paths, IReadOnlyList<Wheel> wheels, Func<string, Result<Wheel>> openSeed, List<Wheel> seeds)
    {
        HashSet<DistributionName> wanted = [.. wheels.Select(wheel => wheel.Distribution)];
        foreach (string path in paths)
        {
            if (WheelFileName.TryParse(Path.GetFileName(path), out WheelFileName? name, out _) && wanted.Contains(name.Distribution)) continue;
            if (!openSeed(path).TryGet(out Wheel? seed, out Failure? failure))
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
