using System.Buffers.Binary;
using System.Globalization;
using VPythonTools.SpecLang.Packages;

namespace VPythonTools.Runner.Cipd.Caches;

/// <summary>
/// Where things are in a cache directory. <c>instances</c> is as CIPD's own client has it, so both can share a cache: files under their instance IDs, whole as soon
/// as they are there. Everything of ours that the client does not know lies in <c>vpython3</c>, where it looks at nothing.
/// </summary>
/// <param name="Root">The cache directory: an absolute path.</param>
public sealed record CacheLayout(string Root)
{
    // So many that two downloads rarely wait for each other, and so few that the files can stay for ever: a lock file is never removed.
    private const int LockCount = 4096;

    /// <summary>The instance files.</summary>
    public string Instances => Path.Combine(Root, "instances");

    /// <summary>Downloads that are under way, and what is left of killed ones.</summary>
    public string Partial => Path.Combine(Root, "vpython3", "partial");

    /// <summary>What versions are known to mean.</summary>
    public string Versions => Path.Combine(Root, "vpython3", "versions");

    /// <summary>The file whose time of last change is that of the last trimming.</summary>
    public string TrimStamp => Path.Combine(Root, "vpython3", "trimmed");

    /// <summary>The lock of whoever trims.</summary>
    public string TrimLock => Path.Combine(Root, "vpython3", "locks", "trim");

    /// <summary>The file of an instance.</summary>
    public string Instance(InstanceId instance) => Path.Combine(Instances, instance.Value);

    /// <summary>The lock of whoever downloads an instance; some instances share one.</summary>
    public string DownloadLock(InstanceId instance)
    {
        int number = BinaryPrimitives.ReadUInt16BigEndian(instance.Digest) % LockCount;
        return Path.Combine(Root, "vpython3", "locks", number.ToString("x3", CultureInfo.InvariantCulture));
    }
}
