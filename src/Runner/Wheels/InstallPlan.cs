using System.Collections.Immutable;
using VPythonTools.Runner.Console;

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
    /// wins.
    /// </summary>
    public static Result<InstallPlan> Make(IReadOnlyList<WheelArchive> wheels, InstallTarget target)
    {
        var plan = new InstallPlan(target);
        foreach (WheelArchive wheel in wheels)
        {
            if (!WheelPlan.Make(wheel, target).TryGet(out ImmutableArray<PlannedFile> files, out Failure? failure)) return failure;
            foreach (PlannedFile file in files) plan.Add(file);
        }
        return plan.ListDirectories() is { } conflict ? conflict : plan;
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
        _warnings.Add(
            $"The wheels '{earlier.Wheel.Origin}' and '{file.Wheel.Origin}' both bring '{file.Path}' with different content; that of '{file.Wheel.Origin}' is installed [VPY3220]");
    }

    private Failure? ListDirectories()
    {
        var directories = new SortedSet<string>(StringComparer.Ordinal);
        foreach (PlannedFile file in _files.Values)
        {
            for (int slash = file.Path.LastIndexOf('/'); slash > 0 && directories.Add(file.Path[..slash]); slash = file.Path.LastIndexOf('/', slash - 1))
            {
                if (_files.TryGetValue(file.Path[..slash], out PlannedFile? obstacle))
                    return file.Wheel.Refuse("VPY3210", $"it brings the directory '{obstacle.Path}', which is a file of the wheel '{obstacle.Wheel.Origin}'");
            }
        }
        Directories = directories;
        foreach (PlannedFile file in _files.Values)
        {
            if (System.IO.Path.Exists(System.IO.Path.Combine(_target.Directory, file.Path)))
                return file.Wheel.Refuse("VPY3210", $"it brings '{file.Path}', which belongs to the environment itself");
        }
        return null;
    }
}
