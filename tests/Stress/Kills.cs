using System.Diagnostics;
using System.Globalization;
using VPythonTools.CipdServer;
using VPythonTools.Testing;

namespace VPythonTools.Stress;

/// <summary>
/// Kills builds, removals and repairs at any moment; the next run has to work, and what has the name of an environment has to be whole. Half of the moments are points: the n-th
/// system call that names a file, spread over all that there are; half are random times.
/// </summary>
public static class Kills
{
    /// <summary>So slow that a download takes as long as the rest of a build.</summary>
    private const int BytesASecond = 20_000_000;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    /// <summary>Kills so many processes that build, remove, repair and record; the findings, empty when all is well.</summary>
    public static IReadOnlyList<string> Run(int kills, int seed, TextWriter report)
    {
        using var user = new StressUser();
        return Run(
            user,
            [
                new("build", Prepare: user.EmptyStore, ["s.py"]),
                new("remove", Prepare: () => Build(user), ["cache", "prune", "--age", "0"]),
                new("repair", Prepare: () => Build(user), ["env", "repair", "--always"]),
                new("warm record", Prepare: () => { Build(user); Directory.Delete(Path.Combine(user.Root, "v1", "warm"), recursive: true); }, ["s.py"]),
            ],
            kills,
            seed,
            report);
    }

    /// <summary>Kills so many processes that fetch packages from a service into an empty cache, and of some their successors too; the findings, empty when all is well.</summary>
    public static IReadOnlyList<string> RunDownloads(int kills, int seed, TextWriter report)
    {
        using var user = new StressUser();
        user.AddBulk();
        LoopbackServer server = LoopbackServer.StartAsync(new(user.Packages)).GetAwaiter().GetResult();
        server.Faults.BlobRate = BytesASecond;
        user.UseService(server.Url);
        // Files are written and sockets read by other calls than those that name files.
        const string calls = "%file,%network,write,pwrite64,ftruncate";
        try
        {
            IReadOnlyList<string> findings = Run(
                user,
                [
                    new("download", Prepare: user.EmptyStoreAndCache, ["s.py"]) { Calls = calls },
                    new("download after a killed one", Prepare: () => { user.EmptyStoreAndCache(); KillAfter(user, ["s.py"], TimeSpan.FromMilliseconds(150)); }, ["s.py"]) { Calls = calls },
                ],
                kills,
                seed,
                report);
            return [.. findings, .. server.Errors.Select(error => $"the service failed: {error}")];
        }
        finally
        {
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static List<string> Run(StressUser user, Work[] all, int kills, int seed, TextWriter report)
    {
        var random = new Random(seed);
        var findings = new List<string>();
        (Work Work, int Calls, TimeSpan Time)[] measured = [.. all.Select(work => (work, Calls(user, work), Time(user, work)))];
        int died = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            (Work work, int calls, TimeSpan time) = measured[kill % measured.Length];
            work.Prepare();
            bool isPoint = kill / measured.Length % 2 == 0;
            int points = Math.Max(1, kills / (2 * measured.Length));
            int point = 1 + (int)((long)(kill / measured.Length / 2) * calls / points % calls);
            died += isPoint ? KillAtPoint(user, work, point) : KillAfter(user, work.Arguments, time * random.NextDouble());
            string what = string.Create(CultureInfo.InvariantCulture, $"kill {kill} of {work.Name} {(isPoint ? $"at call {point} of {calls}" : "at a random time")}");
            int known = findings.Count;
            Check(user, what, findings);
            // A long run that is ended before its end has told what it found.
            foreach (string finding in findings.Skip(known)) report.WriteLine(finding);
        }
        report.WriteLine($"{kills} processes were to be killed ({string.Join(", ", all.Select(work => work.Name))}), and {died} were before their end; {findings.Count} findings");
        return findings;
    }

    private static void Check(StressUser user, string what, List<string> findings)
    {
        foreach (string[] verb in (string[][])[["env", "verify"], ["cache", "verify"]])
        {
            ProcessRun verified = user.Run(verb);
            if (verified.ExitCode != 0) findings.Add($"{what}: {string.Join(' ', verb)} says {verified.Output}{verified.Error}");
        }
        ProcessRun run = user.Run("s.py");
        if (run.ExitCode != 0 || run.Output != StressUser.Greeting || run.Error.Length > 0) findings.Add($"{what}: the next run ended with {run.ExitCode}, '{run.Output}', '{run.Error}'");
        if (user.Environments.Length != 1) findings.Add($"{what}: there are {user.Environments.Length} environments");
    }

    private static void Build(StressUser user)
    {
        ProcessRun run = user.Run("s.py");
        if (run.Output != StressUser.Greeting) throw new InvalidOperationException(run.Error);
    }

    private static int Calls(StressUser user, Work work)
    {
        work.Prepare();
        string log = user.Combine("calls");
        ProcessRun run = user.Start(Requirement.Tool("strace"), ["-f", "-qq", "-e", $"trace={work.Calls}", "-o", log, NativeExecutable.Runner, .. work.Arguments]);
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Error);
        // What comes behind the last start of a program is Python's.
        string[] lines = File.ReadAllLines(log);
        int python = Array.FindLastIndex(lines, line => line.Contains("execve(", StringComparison.Ordinal));
        return python > 0 ? python : lines.Length;
    }

    private static TimeSpan Time(StressUser user, Work work)
    {
        work.Prepare();
        long start = Stopwatch.GetTimestamp();
        user.Run(work.Arguments);
        return Stopwatch.GetElapsedTime(start);
    }

    private static int KillAtPoint(StressUser user, Work work, int point)
    {
        ProcessRun run = user.Start(
            Requirement.Tool("strace"),
            ["-f", "-qq", "-o", "/dev/null", "-e", $"trace={work.Calls}", "-e", string.Create(CultureInfo.InvariantCulture, $"inject={work.Calls}:signal=SIGKILL:when={point}"), NativeExecutable.Runner, .. work.Arguments]);
        return run.ExitCode == 128 + 9 ? 1 : 0;
    }

    private static int KillAfter(StressUser user, string[] arguments, TimeSpan moment)
    {
        using Process process = user.Launch(arguments);
        bool hasEnded = process.WaitForExit(moment);
        process.Kill();
        if (!process.WaitForExit(LongestRun)) throw new InvalidOperationException("a killed process lives on");
        return hasEnded ? 0 : 1;
    }

    private sealed record Work(string Name, Action Prepare, string[] Arguments)
    {
        /// <summary>The system calls that are points to be killed at, as strace names them.</summary>
        public string Calls { get; init; } = "%file";
    }
}
