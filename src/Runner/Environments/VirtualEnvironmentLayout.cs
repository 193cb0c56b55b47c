using VPythonTools.Runner.Console;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Writes what <c>python -m venv</c> writes, without starting Python: <c>pyvenv.cfg</c>, the interpreter's links, the directories, the
/// activation scripts (PEP 405; <c>venv/__init__.py</c> of CPython 3.8 to 3.14).
/// </summary>
public static class VirtualEnvironmentLayout
{
    /// <summary>Writes an environment without any distributions.</summary>
    /// <param name="directory">Where it is while it is built; created when absent.</param>
    /// <param name="finalDirectory">Where it will be.</param>
    /// <param name="facts">The interpreter that it is for.</param>
    /// <returns>The path of the finished environment's interpreter.</returns>
    public static Result<string> Write(string directory, string finalDirectory, InterpreterFacts facts)
    {
        if (FindFault(finalDirectory, facts) is { } failure) return failure;
        string scripts = Path.Combine(directory, facts.Scheme.Scripts);
        Directory.CreateDirectory(scripts);
        Directory.CreateDirectory(Path.Combine(directory, facts.Scheme.PureLib));
        Directory.CreateDirectory(Path.Combine(directory, facts.Scheme.Include));
        if (HasLib64Link(facts)) LinkLib64(directory);
        Directory.CreateDirectory(Path.Combine(directory, facts.Scheme.PlatLib));
        File.WriteAllText(Path.Combine(directory, "pyvenv.cfg"), Configuration(facts));
        foreach ((string name, string text) in ActivationScripts.For(finalDirectory, facts)) File.WriteAllText(Path.Combine(scripts, name), text);
        bool isWindows = facts.Host.Platform == "win32";
        if (isWindows)
        {
            if (VirtualEnvironmentInterpreter.Copy(scripts, facts) is { } missing) return missing;
        }
        else
        {
            VirtualEnvironmentInterpreter.Link(scripts, facts);
        }
        return Path.Combine(finalDirectory, facts.Scheme.Scripts, isWindows ? "python.exe" : "python");
    }

    /// <summary>Where links are not to be had there is none: it is there for those who look for libraries by its name, and Python does not.</summary>
    private static void LinkLib64(string directory)
    {
        string link = Path.Combine(directory, "lib64");
        try
        {
            File.CreateSymbolicLink(link, "lib");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !Path.Exists(link))
        {
            // A disk that is full refuses what comes next as well, and then says so.
        }
    }

    /// <summary>The files that an environment has before anything is installed, relative to it, with <c>/</c>; links count as files.</summary>
    internal static IEnumerable<string> OwnFiles(InterpreterFacts facts)
    {
        yield return "pyvenv.cfg";
        if (HasLib64Link(facts)) yield return "lib64";
        string scripts = facts.Scheme.Scripts.Replace('\\', '/');
        foreach ((string name, _) in ActivationScripts.For("/", facts)) yield return $"{scripts}/{name}";
        foreach (string name in VirtualEnvironmentInterpreter.Names(facts)) yield return $"{scripts}/{name}";
    }

    /// <summary>
    /// Whether environments of an interpreter have a link <c>lib64</c> to <c>lib</c>: 64-bit Python on POSIX systems other than macOS
    /// (CPython issue 21197).
    /// </summary>
    internal static bool HasLib64Link(InterpreterFacts facts) => facts.Host is { Is64Bit: true, Platform: not ("win32" or "darwin") };

    /// <summary>
    /// What would make scripts start something else, or nothing: venv refuses the separator of PATH too; the others mean something to a
    /// shell or end a line, and pip's scripts would break without a word.
    /// </summary>
    private static Failure? FindFault(string finalDirectory, InterpreterFacts facts)
    {
        bool isWindows = facts.Host.Platform == "win32";
        string forbidden = isWindows ? ";\"%" : ":\"'\\$`!";
        foreach (char character in finalDirectory)
        {
            if (!char.IsControl(character) && !forbidden.Contains(character, StringComparison.Ordinal)) continue;
            string shown = char.IsControl(character) ? $"the control character U+{(int)character:X4}" : $"'{character}'";
            return new("VPY3301", $"No environment can be in '{finalDirectory}': the path contains {shown}, which PATH, shells or first lines of scripts cannot carry")
            {
                NextStep = "choose another directory with -vpython-root",
            };
        }
        return null;
    }

    /// <summary>
    /// The values are read by <c>site</c> and <c>getpath</c> up to the end of the line. venv also writes the command line that it was
    /// started with; nothing reads it, and ours would be none.
    /// </summary>
    private static string Configuration(InterpreterFacts facts)
    {
        string home = Path.GetDirectoryName(facts.Executable)!;
        string executable = File.ResolveLinkTarget(facts.Executable, returnFinalTarget: true)?.FullName ?? facts.Executable;
        return $"home = {home}\ninclude-system-site-packages = false\nversion = {FinalVersion(facts.Version)}\nexecutable = {executable}\n";
    }

    /// <summary>venv leaves out what marks a pre-release: <c>3.14.0</c> for <c>3.14.0rc1</c>.</summary>
    private static string FinalVersion(string version)
    {
        int end = version.AsSpan().IndexOfAny('a', 'b', 'r');
        return end < 0 ? version : version[..end];
    }
}
