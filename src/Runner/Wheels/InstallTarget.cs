using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Wheels;

/// <summary>The environment that wheels are installed into.</summary>
/// <param name="Directory">Where it is while it is built; nothing else writes there.</param>
/// <param name="FinalDirectory">Where it will be; scripts name its interpreter.</param>
/// <param name="Facts">The interpreter that it is for.</param>
public sealed record InstallTarget(string Directory, string FinalDirectory, InterpreterFacts Facts)
{
    /// <summary>
    /// An environment that stands for all of a system, and is nowhere: a wheel that does not go into it goes into none. Its Python is 3.0,
    /// so that nothing is refused for the name of one version, such as <c>python3.11</c>.
    /// </summary>
    internal static InstallTarget Nominal(bool isWindows) => new("/nominal", "/nominal", new()
    {
        Executable = isWindows ? @"C:\python\python.exe" : "/usr/bin/python3",
        BasePrefix = isWindows ? @"C:\python" : "/usr",
        Version = "3.0.0",
        Micro = 0,
        Host = new() { Implementation = "cpython", Major = 3, Minor = 0, Platform = isWindows ? "win32" : "linux", Machine = isWindows ? "amd64" : "x86_64" },
        Scheme = isWindows
            ? new(@"Lib\site-packages", @"Lib\site-packages", "Scripts", "Include", ".")
            : new("lib/python3.0/site-packages", "lib/python3.0/site-packages", "bin", "include/python3.0", ""),
        SeedWheels = [],
    });

    /// <summary>Whether the environment is for Windows.</summary>
    internal bool IsWindows => Facts.Host.Platform == "win32";

    /// <summary>The interpreter of the finished environment, as scripts name it.</summary>
    internal string Interpreter(bool isGui = false)
    {
        string executable = IsWindows ? isGui ? "pythonw.exe" : "python.exe" : "python";
        char separator = IsWindows ? '\\' : '/';
        return $"{FinalDirectory}{separator}{Facts.Scheme.Scripts}{separator}{executable}";
    }
}
