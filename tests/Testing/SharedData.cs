using Xunit;

namespace VPythonTools.Testing;

/// <summary>The test data that lives beside the project, not in it: real specs, the wheel list, protocol schemas.</summary>
public static class SharedData
{
    /// <summary>The project's root: the directory that holds the solution.</summary>
    public static string ProjectRoot { get; } = FindProjectRoot();

    /// <summary>A file or directory of <c>../shared</c>; skips the test where it is absent, naming what is missing.</summary>
    public static string Require(string relativePath)
    {
        string path = Path.GetFullPath(Path.Combine(ProjectRoot, "..", "shared", relativePath));
        if (!Path.Exists(path)) Assert.Skip($"the shared test data '{relativePath}' is not beside the project");
        return path;
    }

    private static string FindProjectRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "VPythonTools.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The tests run outside the project's directory.");
    }
}
