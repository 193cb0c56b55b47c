using System.Globalization;
using System.Text;
using VPythonTools.Runner.Archives;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Files;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd.Caches;

/// <summary>
/// What versions of packages were found to mean, for each service. A tag is attached to one instance and an instance ID is that instance for ever, so both are
/// answered from here without asking again; a ref moves, so it is kept only for those who cannot ask. One file an answer, replaced whole, so that any number of
/// processes can read and write at once; a damaged file is as good as none.
/// </summary>
/// <param name="layout">Where the files are.</param>
public sealed class VersionCache(CacheLayout layout)
{
    private const int LargestFile = 1 << 14;

    // So rarely that a run of a script writes nothing as a rule, and often enough for what is trimmed by months.
    private static readonly TimeSpan UseIsRecordedEvery = TimeSpan.FromDays(1);

    /// <summary>The instance that a version is known to mean; null when that is not known. For a ref it is what it meant when it was last asked for.</summary>
    public InstanceId? Find(ServiceAddress service, PackageName name, CipdVersion version)
    {
        try
        {
            string path = FileOf(service, name, version);
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = RegularFile.Open(path);
            ByteRange bytes = ByteRange.OfFile(file);
            if (bytes.Length > LargestFile) return null;
            byte[] content = new byte[bytes.Length];
            bytes.ReadExactly(0, content);
            string[] lines = Encoding.UTF8.GetString(content).Split('\n');
            string key = Key(service, name, version);
            InstanceId found = default;
            bool isSound = lines is [_, _, _, var instance, var sum, ""] && string.Join('\n', lines, 0, 3) == key
                && sum == StableHash.Hex(Encoding.UTF8.GetBytes($"{key}\n{instance}")) && InstanceId.TryParse(instance, out found);
            if (!isSound) return null;
            RecordUse(path);
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer of the service. A cache that cannot be written to keeps none.</summary>
    public void Keep(ServiceAddress service, PackageName name, CipdVersion version, InstanceId instance)
    {
        string key = Key(service, name, version);
        string text = $"{key}\n{instance}\n{StableHash.Hex(Encoding.UTF8.GetBytes($"{key}\n{instance}"))}\n";
        try
        {
            AtomicFile.Write(FileOf(service, name, version), Encoding.UTF8.GetBytes(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next one asks again.
        }
    }

    /// <summary>Forgets an answer that turned out to be wrong.</summary>
    public void Forget(ServiceAddress service, PackageName name, CipdVersion version)
    {
        try
        {
            File.Delete(FileOf(service, name, version));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is replaced by the next answer.
        }
    }

    /// <summary>Whether a file of the cache is whole, whatever it answers.</summary>
    internal static bool IsSound(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile) return false;
            string[] lines = File.ReadAllText(path).Split('\n');
            return lines is [_, _, _, var instance, var sum, ""] && sum == StableHash.Hex(Encoding.UTF8.GetBytes(string.Join('\n', lines, 0, 3) + "\n" + instance));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return !File.Exists(path);
        }
    }

    private static void RecordUse(string path)
    {
        try
        {
            DateTime now = DateTime.UtcNow;
            if (now - File.GetLastWriteTimeUtc(path) > UseIsRecordedEvery) File.SetLastWriteTimeUtc(path, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file keeps the time that it has.
        }
    }

    /// <summary>None of the three can hold a line break.</summary>
    private static string Key(ServiceAddress service, PackageName name, CipdVersion version) => string.Create(CultureInfo.InvariantCulture, $"{service}\n{name}\n{version}");

    private string FileOf(ServiceAddress service, PackageName name, CipdVersion version) =>
        Path.Combine(layout.Versions, StableHash.Hex(Encoding.UTF8.GetBytes(Key(service, name, version))));
}
