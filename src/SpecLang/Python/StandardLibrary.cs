using System.Collections.Frozen;
using System.Collections.Immutable;

namespace VPythonTools.SpecLang.Python;

/// <summary>The modules that a script can import without any wheel.</summary>
public static class StandardLibrary
{
    /// <summary>The Pythons whose modules are known, oldest first.</summary>
    public static ImmutableArray<PythonMinor> Pythons { get; } = [.. StandardLibraryModules.ByPython.Keys.Order()];

    /// <summary>
    /// The modules of what is in every environment, which virtualenv and <c>venv</c> put there: pip, setuptools (not from Python 3.12 on), and wheel of older ones.
    /// </summary>
    public static FrozenSet<string> EnvironmentModules { get; } =
        new[] { "pip", "setuptools", "pkg_resources", "_distutils_hack", "easy_install", "wheel" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Modules that only type checkers have, of which no wheel can be: an import of one is meant for them, wherever it stands.</summary>
    public static FrozenSet<string> TypingOnlyModules { get; } = new[] { "_typeshed" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a Python brings a module itself; null when that Python's modules are not known.</summary>
    /// <param name="python">The Python.</param>
    /// <param name="module">A name, with dots or without; only its first part is looked at.</param>
    public static bool? Contains(PythonMinor python, string module)
    {
        if (!StandardLibraryModules.ByPython.TryGetValue(python, out FrozenSet<string>? modules)) return null;
        int dot = module.IndexOf('.', StringComparison.Ordinal);
        return modules.GetAlternateLookup<ReadOnlySpan<char>>().Contains(dot < 0 ? module : module.AsSpan(0, dot));
    }

    /// <summary>The Pythons that bring a module, oldest first; of those whose modules are known.</summary>
    public static ImmutableArray<PythonMinor> PythonsWith(string module) => [.. Pythons.Where(python => Contains(python, module) == true)];
}
