using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// Everything that an installation will write, known before the first byte is written: RECORD says what each file will contain, so files
/// that two wheels share are found by comparing hashes.
/// </summary>
internal sealed class InstallPlan
{
    private readonly InstallTarget _target;
    private readonly Dictionary<string, PlannedFile> _files;
    private readonly List<string> _warnings = [];

    private InstallPlan(InstallTarget target)
    {
        _target = target;
        _files = new(target.IsWindows || target.Facts.Host.Platform == "darwin" ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    }

    /// <summary>The files, no two at one place.</summary>
    public IEnumerable<PlannedFile> Files => _files.Values;

    /// <summary>The directories that the files need, parents first, relative to the environment.</summary>
    public IReadOnlyCollection<string> Directories { get; private set; } = [];

    /// <summary>What the user should know.</summary>
    public ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>
    /// Plans the installation of wheels in the order in which they are given; where two put different content at one place, the later one
    /// wins. Looks at nothing on the disk, so the environment need not exist.
    /// </summary>
    public static Result<InstallPlan> Make(IReadOnlyList<Wheel> wheels, InstallTarget target)
    {
        var plan = new InstallPlan(target);
        var planned = new Result<ImmutableArray<PlannedFile>>[wheels.Count];
        try
        {
            Parallel.For(0, wheels.Count, index => planned[index] = WheelPlan.Make(wheels[index], target));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
        foreach (Result<ImmutableArray<PlannedFile>> wheel in planned)
        {
            if (!wheel.TryGet(out ImmutableArray<PlannedFile> files, out Failure? failure)) return failure;
            foreach (PlannedFile file in files) plan.Add(file);
        }
        plan.AddByteCode();
        if (plan.ListDirectories() is { } conflict) return conflict;
        return plan.FindReplacedOwnFile() is { } replaced ? replaced : plan;
    }

    /// <summary>
    /// The failure that something is in the way of a file that only the disk knows of: another file of the plan, where the file system takes both names for one (ext4 with casefold, NTFS, CIFS), or a
    /// library that an interpreter brought along.
    /// </summary>
    public Failure FindObstacle(PlannedFile file)
    {
        PlannedFile? twin = _files.Values.FirstOrDefault(other => other != file && string.Equals(other.Path, file.Path, StringComparison.OrdinalIgnoreCase));
        if (twin is null) return Replaces(file, file.Path);
        // Whichever of the two came second, the failure is the same.
        (PlannedFile first, PlannedFile second) = string.CompareOrdinal(twin.Path, file.Path) < 0 ? (twin, file) : (file, twin);
        return second.Wheel.Refuse("VPY3210", $"it brings '{second.Path}', which this file system takes for '{first.Path}' of the wheel '{first.Wheel.Origin}': it does not tell upper case from lower case") with
        {
            NextStep = first.Wheel == second.Wheel ? "choose a root on another file system with -vpython-root" : "remove one of the two from the spec, or choose a root on another file system with -vpython-root",
        };
    }

    /// <summary>
    /// Byte-code goes with the module that stays where several wheels bring one, and gives way to byte-code that a wheel brings itself. It has no rows in RECORD, as what Python writes has none:
    /// those who uninstall look for it beside the modules.
    /// </summary>
    private void AddByteCode()
    {
        foreach (PlannedFile file in _files.Values.ToArray())
        {
            if (file.Source is not { } module || file.Wheel is not UnpackedWheel { ByteCode: { } code } wheel || code.Find(wheel.IndexOf(module)) is not { } compiled) continue;
            int slash = file.Path.LastIndexOf('/');
            string path = $"{file.Path[..(slash + 1)]}__pycache__/{code.Format.FileNameOf(file.Path[(slash + 1)..^".py".Length])}";
            _files.TryAdd(path, new(path, wheel, default, PlannedFileMode.Plain) { ByteCode = compiled });
        }
    }

    private void Add(PlannedFile file)
    {
        if (!_files.TryGetValue(file.Path, out PlannedFile? earlier))
        {
            _files.Add(file.Path, file);
            return;
        }
        _files[file.Path] = file;
        if (earlier.Row.Hash == file.Row.Hash && earlier.Row.Hash.Length > 0) return;
        if (earlier.Wheel == file.Wheel)
        {
            _warnings.Add($"The wheel '{file.Wheel.Origin}' brings '{file.Path}' twice with different content; the later one is installed [{WheelInstaller.FilesDiffer}]");
            return;
        }
        _warnings.Add(
            $"The wheels '{earlier.Wheel.Origin}' and '{file.Wheel.Origin}' both bring '{file.Path}' with different content; that of '{file.Wheel.Origin}' is installed [{WheelInstaller.FilesDiffer}]");
    }

    private Failure? ListDirectories()
    {
        var directories = new HashSet<string>(StringComparer.Ordinal);
        foreach (PlannedFile file in _files.Values)
        {
            for (int slash = file.Path.LastIndexOf('/'); slash > 0 && directories.Add(file.Path[..slash]); slash = file.Path.LastIndexOf('/', slash - 1))
            {
                if (_files.TryGetValue(file.Path[..slash], out PlannedFile? obstacle))
                    return file.Wheel.Refuse("VPY3210", $"it brings the directory '{obstacle.Path}', which is a file of the wheel '{obstacle.Wheel.Origin}'") with
                    {
                        NextStep = "remove one of the two from the spec, or use another build of it",
                    };
            }
        }
        Directories = [.. directories.Order(StringComparer.Ordinal)];
        return null;
    }

    /// <summary>A wheel may bring neither a file of the environment nor a directory in its place, nor a file in place of its directories.</summary>
    private Failure? FindReplacedOwnFile()
    {
        var own = new HashSet<string>(_files.Comparer);
        var ownDirectories = new HashSet<string>(_files.Comparer);
        foreach (string path in VirtualEnvironmentLayout.OwnFiles(_target.Facts))
        {
            own.Add(path);
            for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) ownDirectories.Add(path[..slash]);
        }
        foreach (PlannedFile file in _files.Values)
        {
            if (own.Contains(file.Path) || ownDirectories.Contains(file.Path)) return Replaces(file, file.Path);
            for (int slash = file.Path.IndexOf('/'); slash > 0; slash = file.Path.IndexOf('/', slash + 1))
            {
                if (own.Contains(file.Path[..slash])) return Replaces(file, file.Path[..slash]);
            }
        }
        return null;
    }

    private static Failure Replaces(PlannedFile file, string path) =>
        file.Wheel.Refuse("VPY3210", $"it brings '{path}', which belongs to the environment itself") with
        {
            NextStep = "use another build of the wheel, without that file",
        };
}
