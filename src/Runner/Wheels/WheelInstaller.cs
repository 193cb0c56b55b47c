using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using VPythonTools.Runner.Console;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Installs wheels into an environment that is being built: all of them at once, by all cores, each file read, checked, and written once.
/// No byte-code is made. When a file turns out to be damaged the environment is left as it is then; whoever builds it throws it away.
/// </summary>
public static class WheelInstaller
{
    private const UnixFileMode EveryoneExecutes = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode EveryoneReads = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode EveryoneWrites = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Installs wheels.</summary>
    /// <param name="wheels">The wheels, no two of one distribution.</param>
    /// <param name="target">The environment; its own files are there already.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public static Result<InstallReport> Install(IReadOnlyList<WheelArchive> wheels, InstallTarget target, CancellationToken cancellation = default)
    {
        if (FindTwins(wheels) is { } twins) return twins;
        if (!InstallPlan.Make(wheels, target).TryGet(out InstallPlan? plan, out Failure? failure)) return failure;
        if (plan.FindObstacle() is { } obstacle) return obstacle;
        foreach (string directory in plan.Directories) Directory.CreateDirectory(Path.Combine(target.Directory, directory));
        if (WriteAll(plan, target, cancellation) is { } damage) return damage;
        return new InstallReport([.. wheels.Select(wheel => new InstalledWheel(wheel.Distribution, wheel.Version, wheel.Origin))], plan.Warnings);
    }

    private static Failure? FindTwins(IReadOnlyList<WheelArchive> wheels)
    {
        var byName = new Dictionary<DistributionName, WheelArchive>();
        foreach (WheelArchive wheel in wheels)
        {
            if (byName.TryAdd(wheel.Distribution, wheel)) continue;
            WheelArchive twin = byName[wheel.Distribution];
            return new("VPY3209", $"'{twin.Origin}' and '{wheel.Origin}' are both wheels of '{wheel.Distribution}' ({twin.Version} and {wheel.Version}); an environment has one")
            {
                Location = wheel.Location,
                NextStep = twin.Location is { } other ? $"the other one is at {other}; keep one" : "remove one of the two packages from the spec",
            };
        }
        return null;
    }

    private static Failure? WriteAll(InstallPlan plan, InstallTarget target, CancellationToken cancellation)
    {
        var failures = new ConcurrentBag<(string Path, Failure Failure)>();

        // The largest files first, so that no core is left alone with one at the end.
        PlannedFile[] files = [.. plan.Files.OrderByDescending(file => file.Source?.File.Size ?? file.Content!.Length)];
        try
        {
            Parallel.ForEach(
                Partitioner.Create(files, loadBalance: true),
                new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
                () => new WheelContentReader(),
                (file, state, content) =>
                {
                    try
                    {
                        Write(file, Path.Combine(target.Directory, file.Path), content);
                    }
                    catch (InvalidDataException exception)
                    {
                        failures.Add((file.Path, file.Wheel.Damaged(exception)));
                        state.Stop();
                    }
                    return content;
                },
                content => content.Dispose());
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
        return failures.OrderBy(failure => failure.Path, StringComparer.Ordinal).Select(failure => failure.Failure).FirstOrDefault();
    }

    private static void Write(PlannedFile file, string path, WheelContentReader reader)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = EveryoneReads | EveryoneWrites | (file.Mode == PlannedFileMode.Plain ? 0 : EveryoneExecutes);
        using var output = new FileStream(path, options);
        if (file.Source is { } source) reader.Read(file.Wheel, source, output);
        else output.Write(file.Content);
        if (!OperatingSystem.IsWindows() && file.Mode != PlannedFileMode.Plain) GrantExecution(output, file.Mode);
    }

    /// <summary>pip gives execution to everybody even where the umask would not.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void GrantExecution(FileStream file, PlannedFileMode mode)
    {
        UnixFileMode given = File.GetUnixFileMode(file.SafeFileHandle);
        UnixFileMode wanted = given | EveryoneExecutes | (mode == PlannedFileMode.Command ? EveryoneReads : 0);
        if (wanted != given) File.SetUnixFileMode(file.SafeFileHandle, wanted);
    }
}
