namespace VPythonTools.Benchmarks;

/// <summary>What a run costs when the environment is there: against the process that it ends in.</summary>
internal static class WarmBenchmark
{
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
        return 0;
    }
}
