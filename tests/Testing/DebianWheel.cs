namespace VPythonTools.Testing;

/// <summary>
/// Makes wheels of Python packages that Debian has installed: real modules, native ones among them, with their own metadata, scripts and
/// manual pages. The file name is <c>*-py2.py3-none-any.whl</c> as Chrome Operations names all its wheels.
/// </summary>
public static class DebianWheel
{
    private const string Library = "/usr/lib/python3/dist-packages/";

    /// <summary>Makes the wheel of a package that has one distribution; skips the test where the package is not installed.</summary>
    /// <param name="package">The Debian package, such as <c>python3-psutil</c>.</param>
    /// <param name="directory">Where the wheel goes.</param>
    /// <param name="headers">Files below the library directory to be installed as headers too, as the distribution's own build
    /// does.</param>
    /// <returns>The path of the wheel.</returns>
    public static string Write(string package, string directory, params string[] headers)
    {
        ProcessRun listing = ProcessRun.Of(Requirement.Tool("dpkg"), ["--listfiles", package], environment: new Dictionary<string, string?> { ["LC_ALL"] = "C" });
        Requirement.Met(listing.ExitCode == 0, $"the Debian package '{package}' is not installed");
        string[] files = [.. listing.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(File.Exists)];

        string metadataPath = files.Single(IsMetadata);
        string[] metadata = File.ReadAllLines(metadataPath);
        string name = Header(metadata, "Name").Replace('-', '_');
        string infoDirectory = Path.GetDirectoryName(metadataPath) + "/";
        bool isDirectory = infoDirectory != Library;
        string entryPoints = isDirectory && File.Exists(infoDirectory + "entry_points.txt") ? File.ReadAllText(infoDirectory + "entry_points.txt") : "";
        var wheel = new WheelBuilder(name, Header(metadata, "Version"))
        {
            IsPure = !files.Any(file => file.EndsWith(".so", StringComparison.Ordinal)),
            Metadata = File.ReadAllBytes(metadataPath),
        };
        foreach (string file in files)
        {
            if (file == metadataPath) continue;
            if (isDirectory && file.StartsWith(infoDirectory, StringComparison.Ordinal)) AddInfo(wheel, file);
            else if (file.StartsWith(Library, StringComparison.Ordinal)) AddAs(wheel, file, file[Library.Length..]);
            else if (file.StartsWith("/usr/bin/", StringComparison.Ordinal)) AddScript(wheel, file, entryPoints);
            else if (file.StartsWith("/usr/share/man/", StringComparison.Ordinal)) AddAs(wheel, file, $"{wheel.Data}/data/{file["/usr/".Length..]}");
        }
        foreach (string header in headers) AddAs(wheel, Library + header, $"{wheel.Data}/headers/{Path.GetFileName(header)}");
        return wheel.Write(directory);
    }

    private static bool IsMetadata(string file) =>
        file.StartsWith(Library, StringComparison.Ordinal)
        && (file.EndsWith(".egg-info", StringComparison.Ordinal)
            || file.EndsWith(".egg-info/PKG-INFO", StringComparison.Ordinal)
            || file.EndsWith(".dist-info/METADATA", StringComparison.Ordinal));

    private static string Header(string[] metadata, string name) =>
        metadata.First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..].Trim();

    /// <summary>Debian's own RECORD and WHEEL are of Debian's build; the wheel gets new ones.</summary>
    private static void AddInfo(WheelBuilder wheel, string file)
    {
        string name = Path.GetFileName(file);
        if (name is not ("RECORD" or "WHEEL" or "INSTALLER" or "REQUESTED" or "SOURCES.txt")) AddAs(wheel, file, $"{wheel.DistInfo}/{name}");
    }

    private static void AddScript(WheelBuilder wheel, string file, string entryPoints)
    {
        string name = Path.GetFileName(file);
        bool isEntryPoint = entryPoints.Split('\n').Any(line => line.Split('=')[0].Trim() == name);
        if (isEntryPoint) return;
        byte[] content = File.ReadAllBytes(file);
        int end = Array.IndexOf(content, (byte)'\n');
        bool isPython = end > 0 && content.AsSpan(0, end).StartsWith("#!"u8) && content.AsSpan(0, end).IndexOf("python"u8) > 0;
        wheel.Add($"{wheel.Data}/scripts/{name}", isPython ? [.. "#!python"u8, .. content.AsSpan(end)] : content, WheelBuilder.ExecutableMode);
    }

    private static void AddAs(WheelBuilder wheel, string file, string path) =>
        wheel.Add(path, File.ReadAllBytes(file), IsExecutable(file) ? WheelBuilder.ExecutableMode : WheelBuilder.PlainMode);

    private static bool IsExecutable(string file) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);
}
