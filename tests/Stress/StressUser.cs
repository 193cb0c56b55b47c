using System.Diagnostics;
using VPythonTools.Testing;

namespace VPythonTools.Stress;

/// <summary>A user of the native <c>vpython3</c> with a store, packages and scripts of its own, and nothing of the machine's but Debian's programs.</summary>
internal sealed class StressUser : IDisposable
{
    /// <summary>What every script prints that sees its packages.</summary>
    public const string Greeting = "hello goodbye\n";

    private const string Script =
        """
        import farewell, greeting, os, sys
        for path in (sys.executable, greeting.__file__, farewell.__file__, os.path.join(sys.prefix, "pyvenv.cfg")):
            os.stat(path)
        print(greeting.TEXT, farewell.TEXT)

        """;

    private const int BulkSize = 4 << 20;

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Makes packages and scripts, and no environment.</summary>
    public StressUser()
    {
        Variables = new()
        {
            ["HOME"] = _directory.Combine("home"),
            ["TMPDIR"] = _directory.Combine("temporary"),
            ["LANG"] = "C.UTF-8",
            ["PATH"] = "/usr/bin:/bin",
            ["VPYTHON_VIRTUALENV_ROOT"] = Root,
            ["VPYTHON_PACKAGES"] = Packages,
            ["CIPD_CACHE_DIR"] = Cache,
            ["CIPD_CONFIG_FILE"] = "-", // The machine's own, should there be one, is not for tests.
        };
        foreach (string name in (string[])["home", "temporary", "work"]) Directory.CreateDirectory(_directory.Combine(name));
        foreach ((string name, string text) in ((string, string)[])[("greeting", "hello"), ("farewell", "goodbye")]) AddPackage(name, text);
        _directory.Write("work/s.py", Script);
        _directory.Write("work/.vpython3", Spec(""));
    }

    /// <summary>The store.</summary>
    public string Root => _directory.Combine("root");

    /// <summary>The package directory.</summary>
    public string Packages => _directory.Combine("packages");

    /// <summary>Where instances from a service are kept.</summary>
    private string Cache => _directory.Combine("cache");

    /// <summary>Where programs start.</summary>
    public string Work => _directory.Combine("work");

    /// <summary>All that a program finds in its environment.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>The complete environments.</summary>
    public string[] Environments => EntriesOf("environments");

    /// <summary>What is unfinished, damaged or removed.</summary>
    public string[] Unfinished => EntriesOf("building");

    /// <summary>A path of the user's.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => _directory.Combine(parts);

    /// <summary>Makes scripts with specs that differ, so that each gets an environment of its own; gives their paths.</summary>
    public string[] MakeScripts(int count)
    {
        for (int number = 0; number < count; number++)
        {
            AddPackage($"extra{number}", $"{number}");
            _directory.Write($"work/s{number}.py", Script);
            _directory.Write($"work/s{number}.py.vpython3", Spec($"wheel: < name: \"test/extra{number}\" version: \"version:1.0\" >\n"));
        }
        return [.. Enumerable.Range(0, count).Select(number => $"s{number}.py")];
    }

    /// <summary>Has <c>s.py</c> need a package besides that takes a while to fetch.</summary>
    public void AddBulk()
    {
        byte[] content = new byte[BulkSize];
        new Random(1).NextBytes(content);
        Add("bulk", new WheelBuilder("bulk", "1.0").Add("bulk/content.bin", content));
        _directory.Write("work/.vpython3", Spec("wheel: < name: \"test/bulk\" version: \"version:1.0\" >\n"));
    }

    /// <summary>Has packages come from a service from now on.</summary>
    public void UseService(string url) => Variables["VPYTHON_PACKAGES"] = url;

    /// <summary>Whether a line on standard error only tells why it takes long: who waits and who builds say so after a while.</summary>
    public static bool IsPatience(string line) => line.StartsWith("vpython3: waiting for ", StringComparison.Ordinal) || line.StartsWith("vpython3: building an environment: ", StringComparison.Ordinal);

    /// <summary>Runs <c>vpython3</c> to its end.</summary>
    public ProcessRun Run(params IEnumerable<string> arguments) => Start(NativeExecutable.Runner, arguments);

    /// <summary>Runs a program to its end.</summary>
    public ProcessRun Start(string program, IEnumerable<string> arguments) =>
        ProcessRun.Of(program, arguments, Work, Variables.ToDictionary(variable => variable.Key, variable => (string?)variable.Value), clearEnvironment: true);

    /// <summary>Starts <c>vpython3</c> with nobody listening to it.</summary>
    public Process Launch(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null >/dev/null 2>&1", NativeExecutable.Runner, .. arguments]) { WorkingDirectory = Work };
        start.Environment.Clear();
        foreach ((string name, string value) in Variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Forgets the store, and removes it when that costs nothing: under another name.</summary>
    public void EmptyStore() => Forget(Root);

    /// <summary>Forgets the store, and what came from a service.</summary>
    public void EmptyStoreAndCache()
    {
        EmptyStore();
        Forget(Cache);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private static string Spec(string more) => $"wheel: < name: \"test/greeting\" version: \"version:1.0\" >\nwheel: < name: \"test/farewell\" version: \"version:1.0\" >\n{more}";

    private void Forget(string directory)
    {
        if (Directory.Exists(directory)) Directory.Move(directory, _directory.Combine($"old-{Guid.NewGuid():N}"));
    }

    private void AddPackage(string name, string text) => Add(name, new WheelBuilder(name, "1.0").Add($"{name}.py", $"TEXT = '{text}'\n"));

    private void Add(string name, WheelBuilder wheel)
    {
        ProcessRun added = Run("package", "add", "--to", Packages, "--name", "test/" + name, "--tag", "version:1.0", wheel.Write(_directory.Path));
        if (added.ExitCode != 0) throw new InvalidOperationException(added.Error);
    }

    private string[] EntriesOf(string part) => Directory.Exists(Path.Combine(Root, "v1", part)) ? Directory.GetFileSystemEntries(Path.Combine(Root, "v1", part)) : [];
}
