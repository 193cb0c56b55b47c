using System.Text;
using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>
/// What making an environment of ten wheels costs: with nothing there, the interpreter's probe, checking, unpacking and compiling included, against the standard library's venv and pip; and
/// with its wheels in the cache, against virtualenv and pip, and against hard links of all its files.
/// </summary>
internal static class ColdBenchmark
{
    private static readonly string[] Packages =
    [
        "python3-psutil", "python3-yaml", "python3-pygments", "python3-docutils", "python3-zope.interface", "python3-six",
        "python3-markupsafe", "python3-simplejson", "python3-argcomplete", "python3-roman",
    ];

    public static int Run(int runs)
    {
        using var bench = new Bench();
        string packages = bench.Combine("packages");
        Directory.CreateDirectory(bench.Combine("wheels"));
        string[] wheels = [.. Packages.Select(package => DebianWheel.Write(package, bench.Combine("wheels")))];
        var spec = new StringBuilder();
        foreach (string wheel in wheels)
        {
            string name = "wheels/" + Path.GetFileName(wheel).Split('-')[0].ToLowerInvariant();
            bench.Run(bench.Runner, "package", "add", "--to", packages, "--name", name, "--tag", "version:1", wheel);
            spec.Append($"wheel: < name: \"{name}\" version: \"version:1\" >\n");
        }
        string script = bench.Write("script.py", "");
        bench.Write("script.py.vpython3", spec.ToString());

        string root = bench.Combine("root");
        bench.Run(bench.Runner, "-vpython-root", root, "-vpython-packages", packages, script);
        string environment = Directory.GetDirectories(Path.Combine(root, "v1", "environments")).Single();
        string linked = bench.Combine("linked");
        bench.Run("/bin/cp", "-al", environment, linked);
        Console.WriteLine($"{FilesIn(environment, "*")} files, {FilesIn(environment, "*.pyc")} of them byte-code");

        // What was made before goes aside and stays until the end: ext4 looks long for a place where files were removed a moment ago, and that is no part of what is timed.
        int asides = 0;
        void PutAside(string directory) => Directory.Move(directory, bench.Combine($"aside{asides++}"));
        PairedTiming.Compare(
            ("A  vpython3 script.py, wheels in the cache", _ => bench.Run(bench.Runner, "-vpython-root", root, "-vpython-packages", packages, script)),
            ("B  cp -al of that environment", _ => bench.Run("/bin/cp", "-al", environment, linked)),
            runs * 3,
            warmUps: 1,
            beforeFirst: _ =>
            {
                PutAside(linked);
                PutAside(environment);
            });

        const string virtualenv = "/usr/bin/virtualenv";
        if (File.Exists(virtualenv))
        {
            Console.WriteLine();
            PairedTiming.Compare(
                ("A  vpython3 script.py, wheels in the cache", _ => bench.Run(bench.Runner, "-vpython-root", root, "-vpython-packages", packages, script)),
                ("B  virtualenv, pip install --no-index --no-deps", run => MakeWithVirtualenv(bench, bench.Combine($"virtualenv{run}"), wheels)),
                runs,
                warmUps: 1,
                beforeFirst: _ => PutAside(environment));
        }

        Console.WriteLine();
        PairedTiming.Compare(
            ("A  vpython3 script.py, empty root", run => bench.Run(bench.Runner, "-vpython-root", bench.Combine($"root{run}"), "-vpython-packages", packages, script)),
            ("B  python3 -m venv, pip install --no-index --no-deps", run => MakeWithPip(bench, bench.Combine($"venv{run}"), wheels)),
            runs,
            warmUps: 1);
        return 0;
    }

    /// <summary>Without what is found by way of links, such as all of <c>lib64</c>.</summary>
    private static int FilesIn(string directory, string pattern) =>
        Directory.GetFiles(directory, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Length;

    private static void MakeWithPip(Bench bench, string directory, string[] wheels)
    {
        bench.Run(Bench.Python, "-m", "venv", directory);
        Install(bench, directory, wheels);
    }

    private static void MakeWithVirtualenv(Bench bench, string directory, string[] wheels)
    {
        bench.Run("/usr/bin/virtualenv", "--quiet", "--no-periodic-update", "--no-download", directory);
        Install(bench, directory, wheels);
    }

    private static void Install(Bench bench, string directory, string[] wheels) =>
        bench.Run(Path.Combine(directory, "bin", "pip"), ["install", "--isolated", "--disable-pip-version-check", "--no-index", "--no-deps", "--quiet", .. wheels]);
}
