using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;
using VPythonTools.Runner.Interpreters;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>
/// Removes environments that nobody has used for long, and what belongs to none any more. An environment loses its name by a rename, under its use lock held alone, before
/// anything in it is touched: whoever comes then builds a new one, and a collector that is killed leaves nothing half-removed under a name. Lock files stay.
/// </summary>
/// <param name="layout">The store.</param>
/// <param name="log">Where each removal is noted.</param>
internal sealed class StoreCollector(StoreLayout layout, Log log)
{
    /// <summary>How long a file aside is left alone: whoever writes one renames it at once.</summary>
    private static readonly TimeSpan AsideAge = TimeSpan.FromDays(1);

    /// <summary>Removes what a policy does not keep. One process at a time does so; a second one comes back at once.</summary>
    /// <param name="policy">What is kept.</param>
    /// <param name="now">The time.</param>
    /// <param name="pretends">Whether nothing is removed and only told what would be.</param>
    public CollectionReport Collect(RetentionPolicy policy, DateTime now, bool pretends = false)
    {
        var report = new CollectionReport();
        if (!Directory.Exists(layout.Locks)) return report;
        using FileLock collecting = FileLock.Open(layout.CollectorLock);
        if (!collecting.TryTakeExclusive())
        {
            if (collecting.IsEffective) log.Info("another process removes old environments already");
            else log.Warning($"the file system of '{layout.Root}' has no locks, so nobody knows which environments are in use: none is removed");
            return report;
        }
        foreach (string id in Expired(policy, now).ToArray()) Remove(id, now, policy, pretends, report);
        if (pretends) return report;
        EmptyBuilding();
        RemoveOrphans(now, policy);
        report.FreeBytesOfWheels = new WheelCollector(layout, log).Collect(policy.WheelAge, now);
        return report;
    }

    /// <summary>Removes an environment that nobody uses, whatever its age; what became of it.</summary>
    public Removal Remove(string id) => Remove(id, _ => true, pretends: false);

    private void Remove(string id, DateTime now, RetentionPolicy policy, bool pretends, CollectionReport report)
    {
        var usage = new DiskUsage().Add(layout.Environment(id));
        DateTime seen = LastUseOf(id, now);
        // Somebody may have come and gone since it was looked; what the size bounds goes by the order that was seen.
        Removal removal = Remove(id, last => last <= seen, pretends);
        switch (removal)
        {
            case Removal.Done:
                report.Removed.Add(new(id, usage.Bytes, usage.OwnBytes));
                break;
            case Removal.IsInUse:
                report.InUse.Add(id);
                break;
            case Removal.Failed:
                report.Stuck.Add(id);
                break;
        }
    }

    private Removal Remove(string id, Func<DateTime, bool> isStillOld, bool pretends)
    {
        string environment = layout.Environment(id);
        try
        {
            using FileLock use = FileLock.Open(layout.UseLock(id));
            if (!use.TryTakeExclusive()) return Removal.IsInUse;
            if (!Path.Exists(environment) && new FileInfo(environment).LinkTarget is null) return Removal.IsNotThere;
            if (!isStillOld(File.GetLastWriteTimeUtc(layout.UseLock(id)))) return Removal.IsInUse;
            if (RunningPrograms.AreIn(environment)) return Removal.IsInUse;
            if (pretends) return Removal.Done;
            log.Info($"removing environment {id}");
            Directory.CreateDirectory(layout.Building);
            string away = Path.Combine(layout.Building, $"{StoreLayout.RemovedPrefix}{id}.{Guid.NewGuid():N}");
            Directory.Move(environment, away);
            DeleteFile(layout.Record(id));
            // Nobody comes to what has no name any more.
            use.Dispose();
            Discard(away);
            return Removal.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"cannot remove environment {id}: {exception.Message}");
            return Removal.Failed;
        }
    }

    /// <summary>The environments that the policy does not keep, those unused for longest first.</summary>
    private IEnumerable<string> Expired(RetentionPolicy policy, DateTime now)
    {
        (string Id, DateTime Last)[] all = [.. Identities(layout.Environments).Select(id => (id, LastUseOf(id, now))).OrderBy(known => known.Item2)];
        var kept = new List<(string Id, DateTime Last)>();
        foreach ((string id, DateTime last) in all)
        {
            if (policy.Age < TimeSpan.MaxValue && now - last >= policy.Age) yield return id;
            else kept.Add((id, last));
        }
        if (policy.Size == long.MaxValue) yield break;

        var usage = new DiskUsage();
        // The latest first: what is shared counts for those that stay longest.
        foreach ((string id, _) in Enumerable.Reverse(kept).ToArray())
        {
            long before = usage.Bytes;
            usage.Add(layout.Environment(id));
            if (before > policy.Size || usage.Bytes <= policy.Size) continue;
            foreach ((string expired, _) in kept.TakeWhile(candidate => candidate.Id != id).Append((id, default))) yield return expired;
            yield break;
        }
    }

    /// <summary>When an environment was used last. One without a lock file was put there by somebody, and counts from then.</summary>
    private DateTime LastUseOf(string id, DateTime now)
    {
        string path = layout.UseLock(id);
        return LastUse.ByChange(File.Exists(path) ? path : layout.Environment(id), now);
    }

    /// <summary>Removes what killed builders, repairs and collectors left. Each is under the lock of its environment, so nobody works on it or runs in it.</summary>
    private void EmptyBuilding()
    {
        if (!Directory.Exists(layout.Building)) return;
        foreach (string left in Directory.GetFileSystemEntries(layout.Building))
        {
            string name = Path.GetFileName(left);
            if (name.StartsWith(StoreLayout.RemovedPrefix, StringComparison.Ordinal))
            {
                Discard(left);
                continue;
            }
            bool isDamaged = name.StartsWith(StoreLayout.DamagedPrefix, StringComparison.Ordinal);
            string id = (isDamaged ? name[StoreLayout.DamagedPrefix.Length..] : name).Split('.')[0];
            if (!EnvironmentIdentity.IsIdentity(id)) continue;
            // A builder shares the use lock too, and so does everybody who may still run in what was moved away.
            using FileLock use = FileLock.Open(layout.UseLock(id));
            if (use.TryTakeExclusive() && !RunningPrograms.AreIn(layout.Environment(id))) Discard(left);
        }
    }

    private void RemoveOrphans(DateTime now, RetentionPolicy policy)
    {
        foreach (FileInfo file in FilesIn(layout.Records))
        {
            string id = Path.GetFileNameWithoutExtension(file.Name);
            if (EnvironmentIdentity.IsIdentity(id) ? !Directory.Exists(layout.Environment(id)) && IsIdle(id) : IsLeftAside(file, now)) DeleteFile(file.FullName);
        }
        foreach (FileInfo file in FilesIn(layout.WarmRecords))
        {
            if (file.Name.StartsWith('.') ? IsLeftAside(file, now) : IsOfNoUse(file, now, policy)) DeleteFile(file.FullName);
        }
        // Whoever opened one and has not locked it yet locks what nobody else will see, and takes the long way beside another.
        foreach (FileInfo file in FilesIn(layout.Locks).Where(file => file.Name.EndsWith(StoreLayout.LongWayEnding, StringComparison.Ordinal) && now - LastUse.ByChange(file.FullName, now) > AsideAge))
        {
            using FileLock? way = FileLock.OpenExisting(file.FullName);
            if (way?.TryTakeExclusive() == true) DeleteFile(file.FullName);
        }
        foreach (FileInfo file in FilesIn(layout.Interpreters))
        {
            if (file.Name.StartsWith('.') ? IsLeftAside(file, now) : InterpreterMemory.IsAboutNothing(file.FullName)) DeleteFile(file.FullName);
        }
    }

    /// <summary>Whether nobody builds an environment just now: its record comes before its name.</summary>
    private bool IsIdle(string id)
    {
        using FileLock? use = FileLock.OpenExisting(layout.UseLock(id));
        return use is null || use.TryTakeExclusive();
    }

    private bool IsOfNoUse(FileInfo record, DateTime now, RetentionPolicy policy)
    {
        if (WarmRecord.EnvironmentIn(record.FullName) is not { } id || !Directory.Exists(layout.Environment(id))) return true;
        // The system may note reads late or never; a record that goes too early costs one run the long way.
        return policy.Age < TimeSpan.MaxValue && now - LastUse.ByReading(record.FullName, now) > policy.Age + AsideAge;
    }

    private static bool IsLeftAside(FileInfo file, DateTime now) => file.Name.StartsWith('.') && now - LastUse.ByChange(file.FullName, now) > AsideAge;

    private static IEnumerable<string> Identities(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)!).Where(name => EnvironmentIdentity.IsIdentity(name)) : [];

    private static FileInfo[] FilesIn(string directory) => Directory.Exists(directory) ? new DirectoryInfo(directory).GetFiles() : [];

    private void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Debug($"cannot remove '{path}': {exception.Message}");
        }
    }

    private void Discard(string path)
    {
        if (DirectoryTree.Remove(path) is { } reason) log.Warning($"cannot remove '{path}': {reason}");
    }
}
