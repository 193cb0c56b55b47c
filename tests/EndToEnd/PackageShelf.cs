using VPythonTools.EndToEnd;
using VPythonTools.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PackageShelf))]

namespace VPythonTools.EndToEnd;

/// <summary>A package directory that all tests read: small packages of our own, and Debian's psutil as a real binary wheel.</summary>
public sealed class PackageShelf : IDisposable
{
    private readonly Lazy<TemporaryDirectory> _small;
    private readonly Lazy<TemporaryDirectory> _withPsutil;
    private readonly Lazy<string> _platform = new(AskForPlatform);

    /// <summary>Makes nothing yet.</summary>
    public PackageShelf()
    {
        _small = new(() => Fill(AddSmallPackages));
        _withPsutil = new(() => Fill(AddPsutil));
    }

    /// <summary>A directory with <c>test/greeting</c> (module and command) and <c>test/farewell</c>, both with the tag <c>version:1.0</c> and the ref <c>latest</c>.</summary>
    public string Location => _small.Value.Combine("packages");

    /// <summary>A directory with <c>infra/python/wheels/psutil/PLATFORM</c> with the tag <c>version:5.8.0</c>, as in the walkthrough of the user guide.</summary>
    public string LocationWithPsutil => _withPsutil.Value.Combine("packages");

    /// <summary>The version of the machine's Python, two numbers.</summary>
    public string PythonVersion => _platform.Value.Split(' ')[0];

    /// <summary>What <c>${vpython_platform}</c> stands for on this machine.</summary>
    public string Platform => _platform.Value.Split(' ')[1];

    /// <summary>A spec that names the two small packages.</summary>
    public static string Spec { get; } =
        """
        wheel: < name: "test/greeting" version: "version:1.0" >
        wheel: < name: "test/farewell" version: "version:1.0" >

        """;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_small.IsValueCreated) _small.Value.Dispose();
        if (_withPsutil.IsValueCreated) _withPsutil.Value.Dispose();
    }

    /// <summary>Adds a wheel to a package directory by the verb that users have for it.</summary>
    public static void Add(string packages, string name, string tag, string wheel)
    {
        using var user = new Sandbox();
        ProcessRun added = user.Run("package", "add", "--to", packages, "--name", name, "--tag", tag, "--ref", "latest", wheel);
        Assert.True(added.ExitCode == 0, added.Error);
        Assert.Matches("^[A-Za-z0-9_-]{43}C\n$", added.Output);
    }

    private static TemporaryDirectory Fill(Action<TemporaryDirectory> add)
    {
        var directory = new TemporaryDirectory();
        try
        {
            add(directory);
            return directory;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    private static void AddSmallPackages(TemporaryDirectory directory)
    {
        string greeting = new WheelBuilder("greeting", "1.0")
            .Add("greeting.py", "TEXT = 'hello'\n\n\ndef main():\n    print(TEXT)\n")
            .Add("greeting-1.0.dist-info/entry_points.txt", "[console_scripts]\ngreet = greeting:main\n")
            .Write(directory.Path);
        string farewell = new WheelBuilder("farewell", "1.0").Add("farewell/__init__.py", "TEXT = 'goodbye'\n").Write(directory.Path);
        Add(directory.Combine("packages"), "test/greeting", "version:1.0", greeting);
        Add(directory.Combine("packages"), "test/farewell", "version:1.0", farewell);
    }

    private void AddPsutil(TemporaryDirectory directory) =>
        Add(
            directory.Combine("packages"),
            "infra/python/wheels/psutil/" + Platform,
            "version:5.8.0",
            DebianWheel.Write("python3-psutil", directory.Path));

    /// <summary>The machine's Python says what it is; the name of CIPD's platform for it is spelt out here, apart from the code under test.</summary>
    private static string AskForPlatform()
    {
        using var user = new Sandbox();
        const string question =
            """
            import platform, sys
            cpu = {'x86_64': 'amd64', 'aarch64': 'arm64'}[platform.machine()]
            major, minor = sys.version_info[:2]
            print(f'{major}.{minor} linux-{cpu}_cp{major}{minor}_cp{major}{minor}', end='')
            """;
        return user.Start(Sandbox.Python, ["-I", "-c", question]).Output;
    }
}
