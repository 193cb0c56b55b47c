using System.Collections.Immutable;
using System.Globalization;
using VPythonTools.SpecLang.Python;

namespace VPythonTools.Runner.Wheels;

/// <summary>
/// The commands of a wheel under the names that they get in an environment. Those of pip and of setuptools' easy_install have the version
/// of Python in their names, and the wheels name the Python that they were built with; pip puts that right while it installs, and so do we.
/// </summary>
internal static class CommandNames
{
    /// <summary>The commands to write.</summary>
    public static IEnumerable<EntryPoint> For(ImmutableArray<EntryPoint> entryPoints, HostFacts python)
    {
        string major = python.Major.ToString(CultureInfo.InvariantCulture);
        string version = $"{major}.{python.Minor.ToString(CultureInfo.InvariantCulture)}";
        EntryPoint[] commands = Renamed([.. entryPoints], "pip", IsVersionedPip, $"pip{major}", $"pip{version}");
        return Renamed(commands, "easy_install", IsVersionedEasyInstall, $"easy_install-{version}");
    }

    private static EntryPoint[] Renamed(EntryPoint[] commands, string name, Func<string, bool> isVersioned, params string[] versionedNames)
    {
        if (Array.Find(commands, command => command.Name == name && !command.IsGui) is not { } plain) return commands;
        return [.. commands.Where(command => command.IsGui || !isVersioned(command.Name)), .. versionedNames.Select(versioned => plain with { Name = versioned })];
    }

    /// <summary><c>pip2</c>, <c>pip3.11</c>, but not <c>pip</c> itself.</summary>
    private static bool IsVersionedPip(string name) => name.Length > 3 && name.StartsWith("pip", StringComparison.Ordinal) && IsVersion(name.AsSpan(3), mayBeMajorOnly: true);

    /// <summary><c>easy_install-3.11</c>.</summary>
    private static bool IsVersionedEasyInstall(string name) =>
        name.StartsWith("easy_install-", StringComparison.Ordinal) && IsVersion(name.AsSpan("easy_install-".Length), mayBeMajorOnly: false);

    private static bool IsVersion(ReadOnlySpan<char> text, bool mayBeMajorOnly)
    {
        int dot = text.IndexOf('.');
        if (dot < 0) return mayBeMajorOnly && IsNumber(text);
        return IsNumber(text[..dot]) && IsNumber(text[(dot + 1)..]);
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
