namespace VPythonTools.Testing;

/// <summary>The native executables of this project, which tests of whole processes run.</summary>
public static class NativeExecutable
{
    /// <summary>The path of the published <c>vpython3</c>.</summary>
    public static string Runner => Find("Runner", "vpython3");

    /// <summary>The path of the published <c>vpython-lsp</c>.</summary>
    public static string LanguageServer => Find("Lsp", "vpython-lsp");

    private static string Find(string project, string name)
    {
        string output = Path.Combine(SharedData.ProjectRoot, "src", project, "bin", "Release", "net10.0");
        string? newest = (Directory.Exists(output) ? Directory.GetDirectories(output) : [])
            .Select(platform => Path.Combine(platform, "publish", OperatingSystem.IsWindows() ? name + ".exe" : name))
            .Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc);
        Requirement.Met(newest is not null, $"there is no native {name}: `dotnet publish src/{project} -c Release` makes it");
        return newest!;
    }
}
