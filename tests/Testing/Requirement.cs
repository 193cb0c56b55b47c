using Xunit;

namespace VPythonTools.Testing;

/// <summary>What a test needs of the machine. Under <c>CI=true</c> a missing thing is a failure, elsewhere a skip that names it.</summary>
public static class Requirement
{
    private static bool InContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The path of an executable on PATH or at an absolute path.</summary>
    public static string Tool(string name)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
        Met(found is not null, $"the tool '{name}' is not installed");
        return found!;
    }

    /// <summary>Goes on when the condition holds; else fails or skips with the reason.</summary>
    public static void Met(bool condition, string otherwise)
    {
        if (condition) return;
        if (InContinuousIntegration) Assert.Fail(otherwise);
        Assert.Skip(otherwise);
    }
}
