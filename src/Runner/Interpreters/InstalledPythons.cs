using System.Collections.Immutable;
using System.Runtime.Versioning;
using Microsoft.Win32;
using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Interpreters;

/// <summary>
/// Where tools put the interpreters that they install, for those that are not on PATH: pyenv, uv, conda, the framework of python.org and Homebrew on macOS, the registry on Windows, which is where
/// the launcher <c>py</c> looks too (PEP 514).
/// </summary>
/// <param name="environment">The caller's variables: they say where the user's own installations are.</param>
internal sealed class InstalledPythons(EnvironmentBlock environment)
{
    /// <summary>The variables that say where the user's own installations are.</summary>
    public static ImmutableArray<string> Variables { get; } = ["HOME", "PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "XDG_DATA_HOME", "CONDA_PREFIX", "CONDA_ROOT"];

    /// <summary>The executables that may be what is asked for, the highest version of each tool first, and each directory that is looked into.</summary>
    /// <param name="request">What is asked for. An installation whose name says another version is not among them.</param>
    /// <param name="watch">Told of each directory before it is looked into.</param>
    public IEnumerable<string> Executables(PythonVersionRequest request, Action<string> watch)
    {
        if (OperatingSystem.IsWindows()) return FromRegistry(request);
        return VersionDirectories()
            .SelectMany(directory => Installations(directory, request, watch))
            .Concat(CondaBases())
            .Select(installation => Path.Combine(installation, "bin", "python3"))
            .Concat(OperatingSystem.IsMacOS() ? Homebrew(request) : []);
    }

    /// <summary>The installations whose names say their version, whatever it is, in no particular order; on Windows none.</summary>
    public IEnumerable<(string Executable, Version Version)> Named() => OperatingSystem.IsWindows()
        ? []
        : from directory in VersionDirectories()
          from installation in DirectoriesIn(directory)
          let version = VersionIn(Path.GetFileName(installation))
          where version is not null
          orderby version descending, installation
          select (Path.Combine(installation, "bin", "python3"), version);

    /// <summary>Directories whose subdirectories are installations, named by their version.</summary>
    private IEnumerable<string> VersionDirectories()
    {
        string? home = Absolute("HOME");
        if ((Absolute("PYENV_ROOT") ?? Below(home, ".pyenv")) is { } pyenv) yield return Path.Combine(pyenv, "versions");
        if (Absolute("UV_PYTHON_INSTALL_DIR") is { } uv) yield return uv;
        else if ((Absolute("XDG_DATA_HOME") ?? Below(home, ".local", "share")) is { } data) yield return Path.Combine(data, "uv", "python");
        if (OperatingSystem.IsMacOS()) yield return "/Library/Frameworks/Python.framework/Versions";
    }

    private IEnumerable<string> CondaBases()
    {
        if (Absolute("CONDA_PREFIX") is { } active) yield return active;
        if (Absolute("CONDA_ROOT") is { } root) yield return root;
        if (Absolute("HOME") is { } home)
        {
            foreach (string name in (string[])["miniforge3", "mambaforge", "miniconda3", "anaconda3"]) yield return Path.Combine(home, name);
        }
        yield return "/opt/conda";
    }

    private static IEnumerable<string> Homebrew(PythonVersionRequest request)
    {
        if (request.Minor is not { } minor) yield break;
        foreach (string prefix in (string[])["/opt/homebrew", "/usr/local"]) yield return $"{prefix}/opt/python@{request.Major}.{minor}/bin/python{request.Major}.{minor}";
    }

    private static IEnumerable<string> Installations(string directory, PythonVersionRequest request, Action<string> watch)
    {
        watch(directory);
        return DirectoriesIn(directory)
            .Select(installation => (Path: installation, Version: VersionIn(Path.GetFileName(installation))))
            .Where(installation => installation.Version is { } version && InterpreterFinder.MayBe(request, version))
            .OrderByDescending(installation => installation.Version)
            .ThenBy(installation => installation.Path, StringComparer.Ordinal)
            .Select(installation => installation.Path);
    }

    private static string[] DirectoriesIn(string directory)
    {
        try
        {
            return Directory.GetDirectories(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The version in the name of an installation: <c>3.11.7</c>, <c>cpython-3.12.1-linux-x86_64-gnu</c>, <c>3.12</c>. Free-threaded builds and others than CPython are not taken unasked.</summary>
    private static Version? VersionIn(string name)
    {
        string text = name.StartsWith("cpython-", StringComparison.Ordinal) ? name.Split('-')[1] : name;
        return Version.TryParse(text, out Version? version) && version.Revision < 0 ? version : null;
    }

    private string? Absolute(string name) =>
        environment.NonEmpty(name) is { } value && Path.IsPathFullyQualified(value) && !NativeText.HasEscapes(value) ? value : null;

    private static string? Below(string? directory, params string[] parts) => directory is null ? null : Path.Combine([directory, .. parts]);

    /// <summary>The installations that the registry knows, those of the user first, of python.org before those of other makers. Compiled everywhere, run on Windows only.</summary>
    [SupportedOSPlatform("windows")]
    private static IEnumerable<string> FromRegistry(PythonVersionRequest request)
    {
        var found = new List<(Version Version, string Executable)>();
        foreach (RegistryHive hive in (RegistryHive[])[RegistryHive.CurrentUser, RegistryHive.LocalMachine])
        {
            using var root = RegistryKey.OpenBaseKey(hive, RegistryView.Registry64);
            using RegistryKey? makers = root.OpenSubKey(@"Software\Python");
            foreach (string maker in makers?.GetSubKeyNames().Where(name => name != "PyLauncher").OrderByDescending(name => name == "PythonCore") ?? Enumerable.Empty<string>())
            {
                using RegistryKey? tags = makers!.OpenSubKey(maker);
                foreach (string tag in tags?.GetSubKeyNames() ?? [])
                {
                    using RegistryKey? installed = tags!.OpenSubKey(tag);
                    using RegistryKey? place = installed?.OpenSubKey("InstallPath");
                    if (!Version.TryParse(installed?.GetValue("SysVersion") as string ?? tag, out Version? version) || !InterpreterFinder.MayBe(request, version)) continue;
                    string? executable = place?.GetValue("ExecutablePath") as string ?? (place?.GetValue(null) is string directory ? Path.Combine(directory, "python.exe") : null);
                    if (executable is not null) found.Add((version, executable));
                }
            }
        }
        return found.OrderByDescending(installation => installation.Version).Select(installation => installation.Executable);
    }
}
