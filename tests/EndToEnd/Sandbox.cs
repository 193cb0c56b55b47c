using VPythonTools.Testing;

namespace VPythonTools.EndToEnd;

/// <summary>
/// A user of <c>vpython3</c>: a home, a temporary directory, an empty store and a working directory of a test's own, and an environment in which nothing of the
/// machine's is set but a PATH with Debian's programs.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    /// <summary>The interpreter of the machine that environments are made from.</summary>
    public const string Python = "/usr/bin/python3";

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Makes the directories.</summary>
    public Sandbox()
    {
        Requirement.Met(File.Exists(Python), $"there is no {Python}");
        Variables = new()
        {
            ["HOME"] = Home,
            ["TMPDIR"] = Temporary,
            ["LANG"] = "C.UTF-8",
            ["PATH"] = "/usr/bin:/bin",
            ["VPYTHON_VIRTUALENV_ROOT"] = Root,
        };
        foreach (string directory in (string[])[Home, Temporary, Work]) Directory.CreateDirectory(directory);
    }

    /// <summary>The user's home.</summary>
    public string Home => _directory.Combine("home");

    /// <summary>TMPDIR.</summary>
    public string Temporary => _directory.Combine("temporary");

    /// <summary>The environment root; not there before the first run.</summary>
    public string Root => _directory.Combine("root");

    /// <summary>Where programs start.</summary>
    public string Work => _directory.Combine("work");

    /// <summary>All that a program finds in its environment.</summary>
    public Dictionary<string, string?> Variables { get; }

    /// <summary>The complete environments of the store.</summary>
    public string[] Environments =>
        Directory.Exists(EnvironmentsDirectory) ? Directory.GetDirectories(EnvironmentsDirectory) : [];

    /// <summary>What is in the store's place for unfinished environments.</summary>
    public string[] Unfinished =>
        Directory.Exists(Path.Combine(Root, "v1", "building")) ? Directory.GetFileSystemEntries(Path.Combine(Root, "v1", "building")) : [];

    private string EnvironmentsDirectory => Path.Combine(Root, "v1", "environments");

    /// <summary>A path below the sandbox.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <summary>Writes a file below the working directory; gives its path.</summary>
    public string Write(string relativePath, string content) => _directory.Write(Path.Combine("work", relativePath), content);

    /// <summary>Writes a file that can be executed below the working directory; gives its path.</summary>
    public string WriteExecutable(string relativePath, string content)
    {
        string path = Write(relativePath, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Names the packages that specs can use.</summary>
    public Sandbox With(PackageShelf packages)
    {
        Variables["VPYTHON_PACKAGES"] = packages.Location;
        return this;
    }

    /// <summary>Runs <c>vpython3</c> in the working directory.</summary>
    public ProcessRun Run(params IEnumerable<string> arguments) => Start(NativeExecutable.Runner, arguments);

    /// <summary>Runs any program in the working directory.</summary>
    public ProcessRun Start(string program, IEnumerable<string> arguments, byte[]? input = null, string? directory = null) =>
        ProcessRun.Of(program, arguments, directory ?? Work, Variables, input, clearEnvironment: true);

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();
}
