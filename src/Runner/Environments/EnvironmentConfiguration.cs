namespace VPythonTools.Runner.Environments;

/// <summary>What <c>pyvenv.cfg</c> says of an environment (PEP 405): the lines <c>name = value</c>.</summary>
/// <param name="Version">The version of its Python; null where it says none.</param>
/// <param name="Executable">The interpreter that it was made from; null where it says none.</param>
internal sealed record EnvironmentConfiguration(string? Version, string? Executable)
{
    private const int LargestFile = 1 << 16;

    /// <summary>The configuration of an environment; null when it cannot be read.</summary>
    public static EnvironmentConfiguration? Read(string environment)
    {
        var file = new FileInfo(Path.Combine(environment, EnvironmentStore.Marker));
        try
        {
            if (file.Length > LargestFile) return null;
            string[] lines = File.ReadAllLines(file.FullName);
            return new(ValueOf("version", lines), ValueOf("executable", lines));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? ValueOf(string name, string[] lines) =>
        lines.Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).FirstOrDefault(parts => parts.Length == 2 && parts[0] == name)?[1];
}
