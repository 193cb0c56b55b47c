using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>
/// Removes unpacked wheels, and byte-code, that no environment is linked to and that nobody has used for long. It holds the cache's lock alone meanwhile, which every builder shares; where one is at
/// work it comes back at another time.
/// </summary>
/// <param name="layout">The store.</param>
/// <param name="log">Where each removal is noted.</param>
internal sealed class WheelCollector(StoreLayout layout, Log log)
{
    private const int DigestLength = 64;

    private static readonly EnumerationOptions AllFiles = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    /// <summary>How many bytes are free again.</summary>
    /// <param name="age">How long a wheel stays without being used.</param>
    /// <param name="now">The time.</param>
    public long Collect(TimeSpan age, DateTime now)
    {
        if (!Directory.Exists(layout.Wheels)) return 0;
        try
        {
            using FileLock cache = FileLock.Open(layout.WheelsLock);
            if (!cache.TryTakeExclusive()) return 0;
            string building = Path.Combine(layout.Wheels, "building");
            foreach (string left in EntriesOf(building)) Discard(left);
            long free = 0;
            foreach (string wheel in EntriesOf(layout.Wheels).Where(path => IsDigest(Path.GetFileName(path))))
            {
                if (IsOld(wheel, age, now) && !HasOtherNames(wheel)) free += Remove(wheel, building);
                else foreach (string code in EntriesOf(Path.Combine(wheel, "bytecode")).Where(code => IsOld(code, age, now) && !HasOtherNames(code))) free += Remove(code, building);
            }
            // Whoever has one of these open holds the cache's lock too, so nobody has.
            foreach (string unpacking in EntriesOf(Path.Combine(layout.Wheels, "locks")).Where(path => !Directory.Exists(Path.Combine(layout.Wheels, Path.GetFileName(path).Split('.')[0])))) File.Delete(unpacking);
            foreach (string known in EntriesOf(Path.Combine(layout.Wheels, "known")).Where(path => now - LastUse.ByReading(path, now) > age)) File.Delete(known);
            return free;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Debug($"the unpacked wheels are left as they are: {exception.Message}");
            return 0;
        }
    }

    /// <summary>Removes all unpacked wheels, or what is at a path among them; why something stays, null when nothing does.</summary>
    public string? Remove(string path)
    {
        if (!Directory.Exists(layout.Wheels)) return null;
        try
        {
            using FileLock cache = FileLock.Open(layout.WheelsLock);
            if (!cache.TryTakeExclusive()) return cache.IsEffective ? "an environment is being built from it" : "the file system has no locks, so nobody knows who uses it";
            string[] parts = path == layout.Wheels ? [.. EntriesOf(path).Where(part => part != layout.WheelsLock && Path.GetFileName(part) != "building")] : [path];
            foreach (string part in parts) Remove(part, Path.Combine(layout.Wheels, "building"));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>What is half removed must not have the name of a whole one.</summary>
    private long Remove(string path, string building)
    {
        log.Info($"removing {Path.GetRelativePath(layout.Wheels, path)} from the unpacked wheels");
        long bytes = new DiskUsage().Add(path).OwnBytes;
        Directory.CreateDirectory(building);
        string away = Path.Combine(building, StoreLayout.RemovedPrefix + Guid.NewGuid().ToString("N"));
        Directory.Move(path, away);
        Discard(away);
        return bytes;
    }

    /// <summary>Whoever uses a wheel or its byte-code reads its manifest; systems note that once a day at least, or never, and then it counts from when it was made.</summary>
    private static bool IsOld(string directory, TimeSpan age, DateTime now) => age < TimeSpan.MaxValue && now - LastUse.ByReading(Path.Combine(directory, "manifest"), now) >= age;

    /// <summary>Whether an environment has some of the files: its removal would free nothing then.</summary>
    private static bool HasOtherNames(string directory) => new DirectoryInfo(directory).EnumerateFiles("*", AllFiles).Any(file => FileAllocation.Of(file) is { Links: > 1 });

    internal static bool IsDigest(string name) => name.Length == DigestLength && name.All(char.IsAsciiHexDigitLower);

    private static string[] EntriesOf(string directory) => Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory) : [];

    private void Discard(string path)
    {
        if (DirectoryTree.Remove(path) is { } reason) log.Warning($"cannot remove '{path}': {reason}");
    }
}
