namespace VPythonTools.Runner.Files;

/// <summary>How much of the disk trees of files occupy together: a file with several names is counted once, however many trees it is in.</summary>
public sealed class DiskUsage
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private readonly HashSet<(ulong Device, ulong Inode)> _counted = [];

    /// <summary>What all trees that were added occupy.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds what is at a path, a directory with all below; what is not there or vanishes meanwhile is nothing.</summary>
    public TreeUsage Add(string path)
    {
        long bytes = 0;
        int files = 0;
        var names = new Dictionary<(ulong Device, ulong Inode), (FileAllocation Allocation, long Seen)>();
        foreach (FileSystemInfo entry in EntriesOf(path))
        {
            if (FileAllocation.Of(entry) is not { } allocation) continue;
            if (!entry.Attributes.HasFlag(FileAttributes.Directory)) files++;
            var key = (allocation.Device, allocation.Inode);
            long seen = allocation.Inode != 0 && names.TryGetValue(key, out (FileAllocation, long Seen) earlier) ? earlier.Seen : 0;
            if (seen == 0) bytes += allocation.Bytes;
            if (allocation.Inode == 0 || _counted.Add(key)) Bytes += allocation.Bytes;
            // A directory's links are its subdirectories; nobody else has a name for it.
            if (allocation.Inode != 0 && !entry.Attributes.HasFlag(FileAttributes.Directory)) names[key] = (allocation, seen + 1);
        }
        long shared = names.Values.Where(name => name.Allocation.Links > name.Seen).Sum(name => name.Allocation.Bytes);
        return new(bytes, bytes - shared, files);
    }

    private static IEnumerable<FileSystemInfo> EntriesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            if (File.Exists(path)) yield return new FileInfo(path);
            yield break;
        }
        var waiting = new Stack<DirectoryInfo>([new(path)]);
        yield return new DirectoryInfo(path);
        while (waiting.TryPop(out DirectoryInfo? directory))
        {
            FileSystemInfo[] entries;
            try
            {
                entries = directory.GetFileSystemInfos("*", Everything);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            foreach (FileSystemInfo entry in entries)
            {
                yield return entry;
                if (entry is DirectoryInfo inner && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)) waiting.Push(inner);
            }
        }
    }
}
