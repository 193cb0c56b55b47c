using VPythonTools.Runner.Console;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Puts the interpreter into an environment: links on POSIX, a copy of its launcher on Windows, where links need a privilege.
/// </summary>
internal static class VirtualEnvironmentInterpreter
{
    /// <summary>
    /// Links the interpreter under its own name, and <c>python</c>, <c>python3</c> and <c>python3.X</c> to that link, as venv does. On a file system that has no links it is copied,
    /// as <c>venv --copies</c> does: what it needs beside it is found by <c>pyvenv.cfg</c>.
    /// </summary>
    public static void Link(string scripts, InterpreterFacts facts)
    {
        string name = Path.GetFileName(facts.Executable);
        LinkOrCopy(Path.Combine(scripts, name), facts.Executable, facts.Executable);
        foreach (string alias in Aliases(facts))
        {
            if (alias != name) LinkOrCopy(Path.Combine(scripts, alias), name, facts.Executable);
        }
    }

    private static void LinkOrCopy(string path, string target, string executable)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !Path.Exists(path))
        {
            // A full disk refuses the copy as well, and then says so.
            File.Copy(executable, path);
        }
    }

    /// <summary>The file names that every environment of an interpreter has for it.</summary>
    public static string[] Names(InterpreterFacts facts) =>
        facts.Host.Platform == "win32" ? ["python.exe", "pythonw.exe"] : [.. Aliases(facts).Append(Path.GetFileName(facts.Executable)).Distinct()];

    private static string[] Aliases(InterpreterFacts facts) => ["python", $"python{facts.Host.Major}", $"python{facts.Host.Major}.{facts.Host.Minor}"];

    /// <summary>
    /// Copies <c>python.exe</c> and <c>pythonw.exe</c>. CPython brings launchers for environments, which start the interpreter that
    /// <c>pyvenv.cfg</c> names: <c>Lib\venv\scripts\nt\python.exe</c> up to 3.12, <c>venvlauncher.exe</c> since. A bundle without them gets
    /// the interpreter itself, with the libraries beside it.
    /// </summary>
    public static Failure? Copy(string scripts, InterpreterFacts facts)
    {
        string launchers = Path.Combine(facts.BasePrefix, "Lib", "venv", "scripts", "nt");
        bool hasConsole = CopyFirst(scripts, "python.exe", Path.Combine(launchers, "venvlauncher.exe"), Path.Combine(launchers, "python.exe"));
        if (hasConsole)
        {
            CopyFirst(scripts, "pythonw.exe", Path.Combine(launchers, "venvwlauncher.exe"), Path.Combine(launchers, "pythonw.exe"));
            return null;
        }
        string home = Path.GetDirectoryName(facts.Executable)!;
        if (!CopyFirst(scripts, "python.exe", facts.Executable))
            return new("VPY3303", $"The interpreter '{facts.Executable}' is gone, so no environment can be made for it");
        CopyFirst(scripts, "pythonw.exe", Path.Combine(home, "pythonw.exe"));
        foreach (string library in Directory.EnumerateFiles(home, "*.dll")) File.Copy(library, Path.Combine(scripts, Path.GetFileName(library)));
        return null;
    }

    private static bool CopyFirst(string scripts, string name, params ReadOnlySpan<string> candidates)
    {
        foreach (string candidate in candidates)
        {
            if (!File.Exists(candidate)) continue;
            File.Copy(candidate, Path.Combine(scripts, name));
            return true;
        }
        return false;
    }
}
