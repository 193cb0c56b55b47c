using VPythonTools.Runner.Commands;
using VPythonTools.Runner.Console;
using VPythonTools.Runner.Execution;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>
/// Has old environments removed now and then: by a process of its own, which goes to work when Python has started. A run pays for it with one look at the time of one file, and
/// one run in some hours with the start of that process.
/// </summary>
internal static class CollectorProcess
{
    /// <summary>Starts the process when it is due and nobody else does.</summary>
    public static void StartIfDue(Invocation invocation)
    {
        // Without an interval of the caller's own nothing is parsed here.
        var policy = new RetentionPolicy();
        long nanoseconds = FileFingerprint.Of(invocation.Layout.CollectionStamp).ModifiedNanoseconds;
        DateTime last = DateTime.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        if (invocation.Environment[RetentionPolicy.IntervalVariable] is null && LastUse.IsRecent(last, policy.Interval, DateTime.UtcNow)) return;
        if (!RetentionPolicy.Of(invocation.Environment).TryGet(out RetentionPolicy? chosen, out Failure? failure))
        {
            invocation.Log.Warning((failure with { Message = $"old environments are not removed: {failure.Message}" }).Warning);
            return;
        }
        if (chosen.Interval == TimeSpan.MaxValue || LastUse.IsRecent(last, chosen.Interval, DateTime.UtcNow)) return;
        if (!Claim(invocation.Layout, chosen.Interval)) return;

        // After a long absence, of the user or of a clock, everything looks old. What is used again now deserves to be found; the next time is soon enough.
        if (nanoseconds == 0 || DateTime.UtcNow - last >= chosen.Age) return;
        invocation.Log.Debug("old environments are removed behind this run");
        string program = System.Environment.ProcessPath ?? "";
        string[] arguments = ["-vpython-root", invocation.Layout.Root, "-vpython-log-level", "error", "-vpython-tool", CacheCommand.Name, CacheCommand.Prune];
        if (!LaunchState.TryStartBehind(program, arguments, invocation.Environment)) invocation.Log.Debug("no process could be started for that");
    }

    /// <summary>Of many runs that find it due, one writes the time; a store that cannot be written to is nobody's here to clean.</summary>
    private static bool Claim(StoreLayout layout, TimeSpan interval)
    {
        try
        {
            using FileLock stamp = FileLock.Open(layout.CollectionStamp);
            if (!stamp.TryTakeExclusive()) return false;
            // Another run may have done so between our look and the lock; a stamp that was made just now is one of a new store.
            if (LastUse.IsRecent(File.GetLastWriteTimeUtc(layout.CollectionStamp), interval, DateTime.UtcNow)) return interval == TimeSpan.Zero;
            stamp.RecordUse();
            return LastUse.IsRecent(File.GetLastWriteTimeUtc(layout.CollectionStamp), TimeSpan.FromMinutes(1), DateTime.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
