using System.Diagnostics;
using System.Globalization;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Environments;
using VPythonTools.Runner.Environments.Upkeep;
using VPythonTools.Testing;

namespace VPythonTools.Stress;

/// <summary>Removals with an age of nothing against starts: who holds an environment never misses a file of it.</summary>
public static class PruneRace
{
    private const int Files = 20;
    private const int Identities = 4;

    private static readonly RetentionPolicy AtOnce = new() { Age = TimeSpan.Zero };

    /// <summary>
    /// The store alone, as many threads as it takes to be in each other's way, each with lock descriptors of its own as processes have: an environment is obtained, looked through while it is held, and let go.
    /// </summary>
    public static IReadOnlyList<string> RunStore(int iterations, TextWriter report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var directory = new TemporaryDirectory();
        var layout = new StoreLayout(directory.Combine("root"));
        var log = new Log(LogLevel.Error);
        var store = new EnvironmentStore(layout, log);
        string[] ids = [.. Enumerable.Range(0, Identities).Select(number => $"{number}".PadLeft(26, 'a'))];
        var findings = new List<string>();
        int left = iterations, builds = 0, held = 0;
        long removals = 0;

        void Start(int thread)
        {
            for (int turn = thread; Interlocked.Decrement(ref left) >= 0; turn++)
            {
                string id = ids[turn % ids.Length];
                HeldEnvironment? environment = store.TryHold(id);
                if (environment is not null) Interlocked.Increment(ref held);
                else if (!store.Obtain(id, (aside, _) => Build(aside, ref builds)).TryGet(out environment, out Failure? failure)) Report(failure.ToString());
                if (environment is null) continue;
                using (environment)
                {
                    for (int look = 0; look < 3; look++)
                    {
                        int there = CountFiles(environment.Path);
                        if (there != Files + 1) Report(string.Create(CultureInfo.InvariantCulture, $"a held environment has {there} files of {Files + 1}"));
                        Thread.Yield();
                    }
                }
            }
        }

        void Remove()
        {
            var collector = new StoreCollector(layout, log);
            while (Volatile.Read(ref left) > 0) Interlocked.Add(ref removals, collector.Collect(AtOnce, DateTime.UtcNow.AddSeconds(1)).Removed.Count);
        }

        void Report(string finding)
        {
            lock (findings)
            {
                findings.Add(finding);
                report.WriteLine(finding);
            }
        }

        Thread[] threads = [.. Enumerable.Range(0, 6).Select(number => new Thread(() => Start(number))), new(Remove), new(Remove)];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (removals == 0 || builds < removals) findings.Add($"{removals} removals and {builds} builds are no race");
        report.WriteLine($"{iterations} starts against removals in one store: {held} found the environment, {builds} built it, {removals} were removed, {findings.Count} findings");
        return findings;
    }

    /// <summary>How many files are in a directory; -1 when it is gone.</summary>
    private static int CountFiles(string directory)
    {
        try
        {
            return Directory.GetFiles(directory).Length;
        }
        catch (DirectoryNotFoundException)
        {
            return -1;
        }
    }

    /// <summary>Whole processes: scripts that look for their files, against <c>vpython3 cache prune --age 0</c> without a pause.</summary>
    public static IReadOnlyList<string> RunProcesses(int runs, TextWriter report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var user = new StressUser();
        string[] scripts = user.MakeScripts(3);
        var findings = new List<string>();
        int left = runs;
        int removals = 0;
        var removing = new Thread(() =>
        {
            while (Volatile.Read(ref left) > 0)
            {
                ProcessRun pruned = user.Run("cache", "prune", "--age", "0");
                if (pruned.ExitCode != 0 || pruned.Error.Length > 0) Report($"prune ended with {pruned.ExitCode}: {pruned.Error}");
                removals += pruned.Output.Split('\n').Length - 2;
            }
        });
        Thread[] starting = [.. Enumerable.Range(0, 3).Select(number => new Thread(() =>
        {
            for (int turn = number; Interlocked.Decrement(ref left) >= 0; turn++)
            {
                ProcessRun run = user.Run(scripts[turn % scripts.Length]);
                bool isRight = run.ExitCode == 0 && run.Output == StressUser.Greeting && run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(StressUser.IsPatience);
                if (!isRight) Report($"a run ended with {run.ExitCode}, '{run.Output}', '{run.Error}'");
            }
        }))];
        long start = Stopwatch.GetTimestamp();
        foreach (Thread thread in (Thread[])[.. starting, removing]) thread.Start();
        foreach (Thread thread in (Thread[])[.. starting, removing]) thread.Join();
        if (removals == 0) findings.Add("nothing was removed, so there was no race");
        report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} runs against removals without a pause: {removals} removed, {findings.Count} findings, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        return findings;

        void Report(string finding)
        {
            lock (findings)
            {
                findings.Add(finding);
                report.WriteLine(finding);
            }
        }
    }

    private static Result<BuiltEnvironment> Build(string aside, ref int builds)
    {
        Interlocked.Increment(ref builds);
        for (int number = 0; number < Files; number++) File.WriteAllText(Path.Combine(aside, $"file{number}"), "");
        File.WriteAllText(Path.Combine(aside, EnvironmentStore.Marker), "");
        Directory.CreateDirectory(Path.Combine(aside, EnvironmentStore.Libraries));
        return new BuiltEnvironment([]);
    }
}
