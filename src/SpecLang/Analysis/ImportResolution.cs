using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>From where the modules that the scripts of a spec import come.</summary>
public sealed class ImportResolution
{
    /// <summary>Words in a script that put modules within its reach which nobody finds by its imports, or run other scripts in its environment.</summary>
    private static readonly ImmutableArray<byte[]> PathChanges = ["sys.path"u8.ToArray(), "addsitedir"u8.ToArray(), "PYTHONPATH"u8.ToArray(), "__path__"u8.ToArray(), "meta_path"u8.ToArray()];

    private static readonly ImmutableArray<byte[]> HiddenUses =
    [
        "import_module"u8.ToArray(), "__import__"u8.ToArray(), "runpy"u8.ToArray(), "exec("u8.ToArray(), "eval("u8.ToArray(), "subprocess"u8.ToArray(), "os.system"u8.ToArray(), "os.exec"u8.ToArray(),
        "sys.executable"u8.ToArray(), "multiprocessing"u8.ToArray(), "entry_points"u8.ToArray(), "-m "u8.ToArray(),
    ];

    private readonly SpecAnalysis _spec;
    private readonly ScriptFile _script;

    internal ImportResolution(SpecAnalysis spec, ScriptFile script)
    {
        _spec = spec;
        _script = script;
        ChangesPath = PathChanges.Any(word => script.Text.Bytes.IndexOf(word) >= 0);
        HidesUses = ChangesPath || HiddenUses.Any(word => script.Text.Bytes.IndexOf(word) >= 0);
        Pythons = spec.Pythons.IsEmpty && spec.Python is { Minor: { } minor } python ? [new(python.Major, minor)] : spec.Pythons;
    }

    private ImmutableArray<string> Directories => field.IsDefault ? field = FindDirectories() : field;

    /// <summary>Whether the script changes where modules are looked for: then they may be anywhere.</summary>
    public bool ChangesPath { get; }

    /// <summary>Whether the script may use modules that it does not import by name.</summary>
    public bool HidesUses { get; }

    /// <summary>The Pythons that the script may run with.</summary>
    public ImmutableArray<PythonMinor> Pythons { get; }

    /// <summary>The wheels whose modules are not known, so that any module may be in them.</summary>
    public bool HasUnknownWheels => _spec.Wheels.Any(wheel => ModulesOf(wheel).IsEmpty);

    /// <summary>Whether every Python that the script may run with, or every environment, brings a module; null when the modules of those Pythons are not known.</summary>
    public bool? IsStandard(PythonImport import)
    {
        if (StandardLibrary.EnvironmentModules.Contains(import.TopLevelModule) || StandardLibrary.TypingOnlyModules.Contains(import.TopLevelModule)) return true;
        bool?[] answers = [.. Pythons.Select(python => StandardLibrary.Contains(python, import.Module)).Distinct()];
        return answers.Contains(true) ? true : answers.Length == 0 || answers.Contains(null) ? null : false;
    }

    /// <summary>The wheels that bring a module, as far as their modules are known; those that bring only a namespace around it are among them.</summary>
    public IEnumerable<WheelEntry> WheelsWith(PythonImport import) => _spec.Wheels.Where(wheel => Brings(wheel, import));

    /// <summary>The modules that a wheel brings; of another version where those of its own are not known. Empty when none are known.</summary>
    public static ImmutableArray<string> ModulesOf(WheelEntry wheel) => wheel.KnownDistribution?.FindMetadata(wheel.Version)?.Metadata.Modules is [_, ..] modules
        ? modules
        : wheel.KnownDistribution?.Modules ?? [];

    /// <summary>
    /// Whether something of that name is in the script's directory, or in one around it from which it may be run as a part of a package: up to the root of the
    /// repository, or a <c>.gclient</c> where the search for specs ends, too. The root of the disk, whose directories have names such as <c>data</c>, is none of these.
    /// </summary>
    public bool IsBeside(PythonImport import)
    {
        IFileSystem files = _spec.Host.Files;
        foreach (string directory in Directories)
        {
            string module = Path.Join(directory, import.TopLevelModule);
            if (files.GetKind(module) == FileKind.Directory || files.GetKind(module + ".py") == FileKind.File) return true;
        }
        return false;
    }

    private static bool Brings(WheelEntry wheel, PythonImport import) => ModulesOf(wheel).Any(module =>
        IsWithin(import.Module, module) || IsWithin(module, import.Module) && (import.Names.IsEmpty || import.Names.Any(name => name == "*" || IsWithin(module, $"{import.Module}.{name}") || IsWithin($"{import.Module}.{name}", module))));

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '.');

    /// <summary>The directories around the script, as it is named and as it lies behind links.</summary>
    private ImmutableArray<string> FindDirectories()
    {
        string real = _spec.Host.Files.ResolveLinks(_script.Path) ?? _script.Path;
        return [.. real == _script.Path ? DirectoriesAround(real) : DirectoriesAround(_script.Path).Union(DirectoriesAround(real))];
    }

    private IEnumerable<string> DirectoriesAround(string path)
    {
        string? own = Path.GetDirectoryName(path);
        for (string? directory = own; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            bool isDiskRoot = Path.GetDirectoryName(directory) is null;
            if (!isDiskRoot || directory == own) yield return directory;
            if (Exists(Path.Join(directory, ".git")) || Exists(Path.Join(directory, SpecProbe.Barrier))) yield break;
        }
    }

    private bool Exists(string path) => _spec.Host.Files.GetKind(path) is FileKind.File or FileKind.Directory;
}
