using System.Globalization;
using VPythonTools.Testing;
using Xunit;

namespace VPythonTools.EndToEnd;

/// <summary>A build that is killed at any point leaves a store in which the next run works, and in which nothing half-made has a name.</summary>
public sealed class CrashTests(PackageShelf packages)
{
    private const int Points = 10;
    private const int Attempts = 20;

    [Fact]
    public void After_a_kill_at_any_point_of_a_build_the_next_run_works()
    {
        string strace = Requirement.Tool("strace");
        string[] whole;
        string[] calls;
        using (var user = NewUser())
        {
            string log = user.Combine("trace");
            AssertRuns(user.Start(strace, ["-o", log, NativeExecutable.Runner, "s.py"]));
            calls =
            [
                .. File.ReadLines(log)
                    .TakeWhile((call, index) => index == 0 || !call.StartsWith("execve(", StringComparison.Ordinal))
                    .Where(call => char.IsAsciiLetterLower(call[0]))
                    .Select(call => call.Split('(')[0]),
            ];
            whole = Entries(user);
        }

        var states = new HashSet<string>();
        for (int point = 0; point < Points; point++)
        {
            using Sandbox user = KilledAt(calls.AsSpan(0, calls.Length * (2 * point + 1) / (2 * Points)), strace);
            string[] left = Entries(user);
            states.Add(string.Join('\n', left));
            string environments = Path.Combine("v1", "environments") + "/";
            string[] visible = [.. left.Where(entry => entry.StartsWith(environments, StringComparison.Ordinal))];
            if (visible.Length > 0) Assert.Equal(whole.Where(entry => entry.StartsWith(environments, StringComparison.Ordinal)), visible);

            AssertRuns(user.Run("s.py"));
            Assert.Empty(user.Unfinished);
            Assert.Equal(whole, Entries(user));
            Assert.Empty(Directory.GetFileSystemEntries(user.Temporary));
        }
        Assert.True(states.Count > Points / 2, $"the ten kills hit only {states.Count} different states");
    }

    /// <summary>
    /// A user whose first run was killed when its main thread made the last of these system calls; strace counts each kind apart. A call that waits for another
    /// thread may be needless now and then, and the run succeeds; then it is done again.
    /// </summary>
    private Sandbox KilledAt(ReadOnlySpan<string> calls, string strace)
    {
        string call = calls[^1];
        string injection = string.Create(CultureInfo.InvariantCulture, $"inject={call}:signal=SIGKILL:when={calls.Count(call)}");
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Sandbox user = NewUser();
            ProcessRun killed = user.Start(strace, ["-o", "/dev/null", "-e", injection, NativeExecutable.Runner, "s.py"]);
            if (killed.ExitCode == 128 + 9)
            {
                Assert.Equal("", killed.Output);
                return user;
            }
            AssertRuns(killed);
            user.Dispose();
        }
        throw new InvalidOperationException($"The main thread was never killed by {injection}.");
    }

    private Sandbox NewUser()
    {
        Sandbox user = new Sandbox().With(packages);
        // With one thread's worth of work at a time, all of the build is done by the thread that strace counts the calls of.
        user.Variables["DOTNET_PROCESSOR_COUNT"] = "1";
        user.Write("s.py", "import farewell, greeting\nprint(greeting.TEXT, farewell.TEXT)\n");
        user.Write(".vpython3", PackageShelf.Spec);
        return user;
    }

    private static void AssertRuns(ProcessRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("hello goodbye\n", run.Output);
    }

    /// <summary>All that is in the store, without what Python writes there itself; records, and locks of the way to them, are called after their keys, which hold paths of the sandbox.</summary>
    private static string[] Entries(Sandbox user) =>
        !Directory.Exists(user.Root)
            ? []
            : [.. Directory.EnumerateFileSystemEntries(user.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Where(entry => !entry.Contains("__pycache__", StringComparison.Ordinal))
                .Select(entry => Path.GetRelativePath(user.Root, entry))
                .Select(entry => Path.GetDirectoryName(entry) == "v1/warm" && !Path.GetFileName(entry).StartsWith('.') ? "v1/warm/record" : Path.GetExtension(entry) == ".way" ? "v1/locks/key.way" : entry)
                .Order(StringComparer.Ordinal)];
}
