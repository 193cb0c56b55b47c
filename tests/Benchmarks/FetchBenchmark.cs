using System.Globalization;
using System.Text;
using VPythonTools.CipdServer;
using VPythonTools.Testing;

namespace VPythonTools.Benchmarks;

/// <summary>
/// What fetching and installing 30 wheels of 100 MB together costs, cold, from a service on loopback: against curl, which writes the same bytes to files with the same parallelism and neither
/// hashes nor unpacks them.
/// </summary>
internal static class FetchBenchmark
{
    private const int Wheels = 30;
    private const int TotalSize = 100_000_000;
    private const int Parallel = 4;

    public static int Run(int runs)
    {
        using var bench = new Bench();
        string packages = bench.Combine("packages");
        Directory.CreateDirectory(bench.Combine("wheels"));
        var spec = new StringBuilder();
        var names = new List<string>();
        for (int number = 0; number < Wheels; number++)
        {
            string name = $"package{number}";
            bench.Run(bench.Runner, "package", "add", "--to", packages, "--name", $"wheels/{name}", "--tag", "version:1", Write(bench.Combine("wheels"), name, number));
            names.Add($"wheels/{name}");
            spec.Append(CultureInfo.InvariantCulture, $"wheel: < name: \"wheels/{name}\" version: \"version:1\" >\n");
        }
        string script = bench.Write("script.py", "");
        bench.Write("script.py.vpython3", spec.ToString());
        LoopbackServer server = LoopbackServer.StartAsync(new(packages)).GetAwaiter().GetResult();
        PairedTiming.Compare(
            ("A  vpython3 script.py, empty root and cache", run => bench.Run(bench.Runner, "-vpython-root", bench.Combine($"root{run}"), "-vpython-packages", server.Url, script)),
            ("B  curl --parallel --parallel-max 4", run => bench.Run("/usr/bin/curl", Curl(server.Url, names, bench.Combine($"files{run}")))),
            runs,
            warmUps: 1);

        // The same without fetching: what is left of the difference is the way from the service.
        string cache = bench.Combine("cache");
        void Install(string root)
        {
            Directory.CreateDirectory(root);
            Directory.CreateSymbolicLink(Path.Combine(root, "cipd"), cache);
            bench.Run(bench.Runner, "-vpython-root", root, "-vpython-packages", server.Url, script);
        }
        Directory.CreateDirectory(cache);
        Install(bench.Combine("first"));
        PairedTiming.Compare(
            ("A  vpython3 script.py, empty root and cache", run => bench.Run(bench.Runner, "-vpython-root", bench.Combine($"cold{run}"), "-vpython-packages", server.Url, script)),
            ("B  vpython3 script.py, empty root, cache filled", run => Install(bench.Combine($"cached{run}"))),
            runs,
            warmUps: 1);
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return 0;
    }

    /// <summary>A wheel of a size of its own, from 1 to 5.6 MB, in files of up to 200 kB that cannot be compressed, as native libraries nearly cannot.</summary>
    private static string Write(string directory, string name, int number)
    {
        int size = (int)(TotalSize / (double)Wheels * (0.32 + (1.36 * number / (Wheels - 1))));
        var random = new Random(number);
        var wheel = new WheelBuilder(name, "1");
        for (int file = 0; size > 0; file++, size -= 200_000)
        {
            byte[] content = new byte[Math.Min(size, 200_000)];
            random.NextBytes(content);
            wheel.Add($"{name}/part{file}.bin", content);
        }
        return wheel.Write(directory);
    }

    private static IEnumerable<string> Curl(string url, IReadOnlyList<string> names, string directory) =>
    [
        "--silent", "--fail", "--location", "--parallel", "--parallel-max", Parallel.ToString(CultureInfo.InvariantCulture), "--create-dirs", "--output-dir", directory,
        .. names.SelectMany(name => (string[])["--output", Path.GetFileName(name), $"{url}/dl/{name}/+/version:1"]),
    ];
}
