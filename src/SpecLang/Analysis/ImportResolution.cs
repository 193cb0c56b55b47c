using System.Collections.Immutable;
using VPythonTools.SpecLang.Probing;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.SpecLang.Analysis;

/// <summary>From where the modules that the scripts of a spec import come.</summary>
public sealed class ImportResolution
{
    /// <summary>Words in a script that put modules within its reach which nobody finds by its imports, or run other scripts in its environment.</summary>
    private static readonly ImmutableArray<string> PathChanges = ["sys.path", "addsitedir", "PYTHONPATH", "__path__", "meta_path"];

    private static readonly ImmutableArray<string> HiddenUses = ["import_module", "__import__", "runpy", "exec(", "eval(", "subprocess", "os.system", "os.exec", "sys.executable", "multiprocessing", "entry_points", "-m "];

    private readonly SpecAnalysis _spec;
    private readonly ScriptFile _script;

    internal ImportResolution(SpecAnalysis spec, ScriptFile script)
    {
        _spec = spec;
        _script = script;
        string text = script.Text.ToString();
        ChangesPath = PathChanges.Any(word => text.Contains(word, StringComparison.Ordinal));
        HidesUses = ChangesPath || HiddenUses.Any(word => text.Contains(word, StringComparison.Ordinal));
        Pythons = spec.Pythons.IsEmpty && spec.Python is { Minor: { } minor } python ? [new(python.Major, minor)] : spec.Pythons;
    }

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
        string real = _spec.Host.Files.ResolveLinks(_script.Path) ?? _script.Path;
        return IsInDirectoryOf(_script.Path, import) || real != _script.Path && IsInDirectoryOf(real, import);
    }

    private static bool Brings(WheelEntry wheel, PythonImport import) => ModulesOf(wheel).Any(module =>
        IsWithin(import.Module, module) || IsWithin(module, import.Module) && (import.Names.IsEmpty || import.Names.Any(name => name == "*" || IsWithin(module, $"{import.Module}.{name}") || IsWithin($"{import.Module}.{name}", module))));

    private static bool IsWithin(string inner, string outer) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || inner[outer.Length] == '.');

    private bool IsInDirectoryOf(string path, PythonImport import)
    {
        IFileSystem files = _spec.Host.Files;
        string? parent;
        for (string? directory = Path.GetDirectoryName(path); directory is not null; directory = parent)
        {
            parent = Path.GetDirectoryName(directory);
            if (parent is null && directory != Path.GetDirectoryName(path)) return false;
            string module = Path.Join(directory, import.TopLevelModule);
            if (files.GetKind(module) == FileKind.Directory || files.GetKind(module + ".py") == FileKind.File) return true;
            if (files.GetKind(Path.Join(directory, ".git")) is FileKind.File or FileKind.Directory || files.GetKind(Path.Join(directory, SpecProbe.Barrier)) is FileKind.File or FileKind.Directory) return false;
        }
        return false;
    }
}
