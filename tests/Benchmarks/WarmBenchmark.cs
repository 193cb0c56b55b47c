using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>
/// What a run costs when the environment is there: against the process that it ends in, then in a store of 1,000 environments with the spec 30 directories up, and beside what others make.
/// </summary>
internal static class WarmBenchmark
{
    private const int Environments = 1000;
    private const int Depth = 30;

    public static int Run(int runs)
    {
        using var bench = new Bench();
        string root = bench.Combine("root");
        bench.Run(bench.Runner, "-vpython-root", root, "-c", "pass");
        string environment = Directory.GetDirectories(Path.Combine(root, "v1", "environments")).Single();
        string python = Path.Combine(environment, "bin", "python3");
        PairedTiming.Compare(
            ("A  vpython3 -c pass", _ => bench.Run(bench.Runner, "-vpython-root", root, "-c", "pass")),
            ("B  the environment's python3 -s -c pass", _ => bench.Run(python, "-s", "-c", "pass")),
            runs);

        string full = bench.Combine("full");
        bench.Write(".vpython3", "");
        string near = bench.Write("near.py", "");
        string far = bench.Write(Path.Combine([.. Enumerable.Repeat("d", Depth), "far.py"]), "");
        foreach (string store in (string[])[root, full])
        {
            foreach (string script in (string[])[near, far]) bench.Run(bench.Runner, "-vpython-root", store, script);
        }
        Fill(full);
        Console.WriteLine();
        PairedTiming.Compare(
            ($"A  {Environments} environments in the store, the spec {Depth} directories up", _ => bench.Run(bench.Runner, "-vpython-root", full, far)),
            ("B  one environment, the spec beside the script", _ => bench.Run(bench.Runner, "-vpython-root", root, near)),
            runs);

        foreach ((string name, string[] command) in Peers(bench, near))
        {
            Console.WriteLine();
            PairedTiming.Compare(
                ("A  vpython3 script.py", _ => bench.Run(bench.Runner, "-vpython-root", root, near)),
                ($"B  {name}", _ => bench.Run(command[0], command[1..])),
                runs);
        }
        return 0;
    }

    /// <summary>As many environments as a store may come to have; their content does not count, since nobody looks at it.</summary>
    private static void Fill(string root)
    {
        string version = Path.Combine(root, "v1");
        string[] records = Directory.GetFiles(Path.Combine(version, "warm"));
        for (int number = 0; number < Environments; number++)
        {
            string id = $"{number:0000}".PadLeft(26, '0');
            Directory.CreateDirectory(Path.Combine(version, "environments", id));
            File.WriteAllText(Path.Combine(version, "environments", id, "pyvenv.cfg"), "");
            File.WriteAllText(Path.Combine(version, "locks", id + ".use"), "");
            File.WriteAllText(Path.Combine(version, "locks", id + ".build"), "");
            File.Copy(records[0], Path.Combine(version, "warm", $"{number:x16}"));
        }
    }

    /// <summary>What Debian has of the kind.</summary>
    private static IEnumerable<(string Name, string[] Command)> Peers(Bench bench, string script)
    {
        const string virtualenv = "/usr/bin/virtualenv";
        if (File.Exists(virtualenv))
        {
            bench.Run(virtualenv, "--quiet", "--no-periodic-update", bench.Combine("virtualenv"));
            yield return ("the python of a virtualenv", [bench.Combine("virtualenv", "bin", "python"), script]);
        }
        const string pipx = "/usr/bin/pipx";
        if (File.Exists(pipx))
        {
            string wheel = new WheelBuilder("nothing", "1.0")
                .Add("nothing.py", "def main(): pass\n")
                .Add("nothing-1.0.dist-info/entry_points.txt", "[console_scripts]\nnothing=nothing:main\n")
                .Write(bench.Combine());
            // It wants the newest pip for itself, and there is no index here.
            string[] offline = ["/usr/bin/env", "PIP_NO_INDEX=1", "PIP_FIND_LINKS=/usr/share/python-wheels", pipx];
            bench.Run(offline[0], [.. offline[1..], "install", wheel]);
            yield return ("a command that pipx installed", [bench.Combine(".local", "bin", "nothing")]);
            yield return ("pipx run, its environment there", [.. offline, "run", "--spec", wheel, "nothing"]);
        }
    }
}
