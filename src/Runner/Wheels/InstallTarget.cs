using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Wheels;

/// <summary>The environment that wheels are installed into.</summary>
/// <param name="Directory">Where it is while it is built; nothing else writes there.</param>
/// <param name="FinalDirectory">Where it will be; scripts name its interpreter.</param>
/// <param name="Facts">The interpreter that it is for.</param>
public sealed record InstallTarget(string Directory, string FinalDirectory, InterpreterFacts Facts)
{
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
