using VPythonTools.Runner.Environments;

namespace VPythonTools.Runner.Execution;

/// <summary>The variables that Python gets in an environment: the caller's, but for the few that would lead it elsewhere.</summary>
public static class PythonVariables
{
    // Where a program that finds no PATH at all looks by itself: the default of the C library.
    private static readonly string[] SystemPath = OperatingSystem.IsWindows() ? [] : ["/bin", "/usr/bin"];

    /// <summary>
    /// PATH begins with the environment's scripts, without those of environments of ours around this run; VIRTUAL_ENV names the environment;
    /// PYTHONNOUSERSITE is 1; PYTHONHOME and the launcher's variable of macOS are gone. All else is as it was.
    /// </summary>
    /// <param name="caller">The caller's variables.</param>
    /// <param name="environment">The environment's directory.</param>
    /// <param name="scripts">The directory of its scripts.</param>
    public static EnvironmentBlock In(EnvironmentBlock caller, string environment, string scripts) =>
        caller
            .Without("PYTHONHOME")
            .Without("__PYVENV_LAUNCHER__")
            .With("PYTHONNOUSERSITE", "1")
            .With("VIRTUAL_ENV", environment)
            .With("PATH", string.Join(Path.PathSeparator, [scripts, .. OuterPath(caller)]));

    /// <summary>The caller's PATH without the scripts of environments of ours, so that nested runs neither pile up nor find each other's Python.</summary>
    public static IEnumerable<string> OuterPath(EnvironmentBlock caller) => caller["PATH"] switch
    {
        null => SystemPath,
        "" => [],
        string path => path.Split(Path.PathSeparator).Where(directory => !StoreLayout.IsScriptsOfAnEnvironment(directory)),
    };
}
