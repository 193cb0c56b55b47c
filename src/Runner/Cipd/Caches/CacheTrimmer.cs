using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Cipd.Caches;

/// <summary>
/// Keeps a cache from growing for ever: instances that nobody has used for long go, then those unused for longest until the rest fits, and what killed downloads left.
/// A file's time of last change is its last use. Whoever reads a file that goes keeps reading it.
/// </summary>
/// <param name="layout">The cache.</param>
/// <param name="log">Where it is said.</param>
public sealed class CacheTrimmer(CacheLayout layout, Log log)
{
    /// <summary>How long an instance stays without being used.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How much all instances may take together, in bytes.</summary>
    public long Size { get; init; } = 10L << 30;

    /// <summary>How often it is looked.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long an unfinished download is left alone.</summary>
    private static TimeSpan PartialAge => TimeSpan.FromDays(1);

    /// <summary>Trims the cache unless that was done lately or somebody else is doing it. Never fails: what cannot be removed stays.</summary>
    public void TrimIfDue(DateTime now)
    {
        try
        {
            if (LastUse.IsRecent(File.GetLastWriteTimeUtc(layout.TrimStamp), Interval, now)) return;
            using FileLock trimming = FileLock.Open(layout.TrimLock);
            if (!trimming.TryTakeExclusive()) return;
            AtomicFile.Write(layout.TrimStamp, []);
            Trim(now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Debug($"the cache '{layout.Root}' is not trimmed: {exception.Message}");
        }
    }

    private void Trim(DateTime now)
    {
        long kept = 0;
        foreach ((FileInfo file, DateTime last) in FilesIn(layout.Instances)
            .Where(file => SpecLang.Packages.InstanceId.TryParse(file.Name, out _))
            .Select(file => (file, LastUse.ByChange(file.FullName, now)))
            .OrderByDescending(known => known.Item2))
        {
            if (now - last <= Age && kept + file.Length <= Size)
            {
                kept += file.Length;
                continue;
            }
            log.Debug($"removing {file.Name} from the cache, last used {last:u}");
            Remove(file);
        }
        foreach (FileInfo file in FilesIn(layout.Partial).Where(file => now - LastUse.ByChange(file.FullName, now) > PartialAge)) Remove(file);
        foreach (FileInfo file in FilesIn(layout.Versions).Where(file => now - LastUse.ByChange(file.FullName, now) > Age)) Remove(file);
    }

    private static FileInfo[] FilesIn(string directory) => Directory.Exists(directory) ? new DirectoryInfo(directory).GetFiles() : [];

    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is another user's, or open on Windows.
        }
    }
}
