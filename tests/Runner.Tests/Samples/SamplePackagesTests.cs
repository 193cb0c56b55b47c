using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.Runner.Tests.Samples;

public sealed class SamplePackagesTests
{
    [Fact]
    public void The_committed_packages_are_what_their_sources_give()
    {
        Requirement.Met(OperatingSystem.IsLinux(), "the script that builds the sample packages is for POSIX");
        using var directory = new TemporaryDirectory();
        string samples = Path.Combine(SharedData.ProjectRoot, "samples");
        string rebuilt = directory.Combine("packages");
        ProcessRun run = ProcessRun.Of(
            Path.Combine(samples, "build-packages.sh"),
            [rebuilt],
            environment: new Dictionary<string, string?>
            {
                ["VPYTHON3"] = Path.Combine(AppContext.BaseDirectory, "vpython3"),
                ["PATH"] = "/usr/bin:/bin",
                ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
            });
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Equal(Contents(Path.Combine(samples, "packages")), Contents(rebuilt));
    }

    private static SortedDictionary<string, string> Contents(string directory)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.GetFiles(directory, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(directory, path);
            if (name != ".lock") contents.Add(name, Convert.ToBase64String(File.ReadAllBytes(path)));
        }
        return contents;
    }
}
