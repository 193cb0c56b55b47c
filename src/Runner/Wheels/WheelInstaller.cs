using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Installs wheels into an environment that is being built: all of them at once, by all cores, each file read, checked, and written once.
/// What lies unpacked in a cache comes from there, with its byte-code. When a file turns out to be damaged the environment is left as it is then; whoever builds it throws it away.
/// </summary>
public static class WheelInstaller
{
    private const UnixFileMode EveryoneExecutes = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode EveryoneReads = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode EveryoneWrites = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Installs wheels.</summary>
    /// <param name="wheels">The wheels, no two of one distribution.</param>
    /// <param name="target">The environment; its own files are there already.</param>
    /// <param name="cloner">Brings files from the cache.</param>
    /// <param name="cancellation">Stops between two files.</param>
    internal static Result<InstallReport> Install(IReadOnlyList<Wheel> wheels, InstallTarget target, FileCloner cloner, CancellationToken cancellation = default)
    {
        if (FindTwins(wheels) is { } twins) return twins;
        if (!InstallPlan.Make(wheels, target).TryGet(out InstallPlan? plan, out Failure? failure)) return failure;
        foreach (string directory in plan.Directories) Directory.CreateDirectory(Path.Combine(target.Directory, directory));
        if (WriteAll(plan, target, cloner, cancellation) is { } damage) return damage;
        return new InstallReport([.. wheels.Select(wheel => new InstalledWheel(wheel.Distribution, wheel.Version, wheel.Origin))], plan.Warnings);
    }

    private static Failure? FindTwins(IReadOnlyList<Wheel> wheels)
    {
        var byName = new Dictionary<DistributionName, Wheel>();
        foreach (Wheel wheel in wheels)
        {
            if (byName.TryAdd(wheel.Distribution, wheel)) continue;
            Wheel twin = byName[wheel.Distribution];
            return new("VPY3209", $"'{twin.Origin}' and '{wheel.Origin}' are both wheels of '{wheel.Distribution}' ({twin.Version} and {wheel.Version}); an environment has one")
            {
                Location = wheel.Location,
                NextStep = twin.Location is { } other ? $"the other one is at {other}; keep one" : "remove one of the two packages from the spec",
            };
        }
        return null;
    }

    private static Failure? WriteAll(InstallPlan plan, InstallTarget target, FileCloner cloner, CancellationToken cancellation)
    {
        var failures = new ConcurrentBag<(string Path, Failure Failure)>();

        // The largest files first, so that no core is left alone with one at the end.
        PlannedFile[] files = [.. plan.Files.OrderByDescending(file => file.Size)];
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
                        Write(file, Path.Combine(target.Directory, file.Path), content, cloner);
                    }
                    catch (InvalidDataException exception)
                    {
                        failures.Add((file.Path, file.Wheel is UnpackedWheel ? CacheDamaged(file.Wheel, exception) : file.Wheel.Damaged(exception)));
                        state.Stop();
                    }
                    catch (IOException exception) when (exception.HResult is FileExists or FileExistsOnWindows)
                    {
                        failures.Add((file.Path, plan.FindObstacle(file)));
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

    /// <summary>The code of the failure that the cache is damaged where it was taken for whole.</summary>
    internal const string DamagedCache = "VPY3221";

    /// <summary>The code of the warning that two wheels bring different files of one name.</summary>
    internal const string FilesDiffer = "VPY3220";

    /// <summary>EEXIST, on every POSIX system.</summary>
    private const int FileExists = 17;

    /// <summary>ERROR_FILE_EXISTS, as an HRESULT.</summary>
    private const int FileExistsOnWindows = unchecked((int)0x80070050);

    private static Failure CacheDamaged(Wheel wheel, InvalidDataException exception) =>
        new(DamagedCache, $"The unpacked wheel '{wheel.Origin}' in the cache is damaged: {exception.Message}") { Location = wheel.Location };

    private static void Write(PlannedFile file, string path, WheelContentReader reader, FileCloner cloner)
    {
        if (file.ByteCode is var (code, size))
        {
            cloner.Clone(code, path, size, isExecutable: false);
            return;
        }
        if (file is { Source: { } member, Wheel: UnpackedWheel unpacked })
        {
            bool isExecutable = file.Mode != PlannedFileMode.Plain;
            if (cloner.TryClone(unpacked.PathOf(member), path, member.Size, isExecutable)) return;
            reader.Read(unpacked, member, Stream.Null);
            cloner.Clone(unpacked.PathOf(member), path, member.Size, isExecutable);
            return;
        }
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
