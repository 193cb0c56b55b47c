using VPythonTools.Runner.Execution;
using VPythonTools.SpecLang.Configuration;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Where things are in the store. All of it lies in one directory named by the version of this layout, so that stores of other versions, and of
/// the deployed <c>vpython3</c>, live beside it untouched. Nothing is made here.
/// </summary>
/// <param name="Root">The environment root: an absolute path.</param>
public sealed record StoreLayout(string Root)
{
    /// <summary>The name of the layout; changed whenever what is stored changes in a way that an earlier version would misread.</summary>
    public const string Version = "v1";

    /// <summary>How the names of damaged environments begin that were moved to <see cref="Building"/>; the identity follows. Somebody may still run in them.</summary>
    internal const string DamagedPrefix = "damaged.";

    /// <summary>How the names of environments begin that were moved to <see cref="Building"/> to be removed.</summary>
    internal const string RemovedPrefix = "removed.";

    private const string EnvironmentsName = "environments";

    /// <summary>Whether the root is in the temporary directory, where anybody can make it first.</summary>
    public bool IsInSharedDirectory { get; init; }

    /// <summary>Complete environments, by identity. An environment appears here by a rename and never before it is complete.</summary>
    public string Environments => Path.Combine(Root, Version, EnvironmentsName);

    /// <summary>Environments while they are built, and leftovers of builds that were killed.</summary>
    public string Building => Path.Combine(Root, Version, "building");

    /// <summary>Lock files. They are never removed while someone may hold them; what a <see cref="LongWayLock"/> holds is only told, never relied on.</summary>
    public string Locks => Path.Combine(Root, Version, "locks");

    /// <summary>What interpreters said when they were probed.</summary>
    public string Interpreters => Path.Combine(Root, Version, "interpreters");

    /// <summary>Warm records.</summary>
    public string WarmRecords => Path.Combine(Root, Version, "warm");

    /// <summary>Wheels that were unpacked once, and their byte-code.</summary>
    public string Wheels => Path.Combine(Root, Version, "wheels");

    /// <summary>The lock that whoever uses unpacked wheels shares, and that a remover holds alone.</summary>
    public string WheelsLock => Path.Combine(Wheels, "lock");

    /// <summary>What is remembered of environments, for people and repairs.</summary>
    public string Records => Path.Combine(Root, Version, "records");

    /// <summary>The file whose time of last change is when old environments were looked for last.</summary>
    public string CollectionStamp => Path.Combine(Root, Version, "collected");

    /// <summary>The lock of whoever removes old environments.</summary>
    public string CollectorLock => Path.Combine(Locks, "collector");

    /// <summary>What is remembered of the environment of this identity.</summary>
    public string Record(string id) => Path.Combine(Records, id + ".json");

    /// <summary>The environment of this identity.</summary>
    public string Environment(string id) => Path.Combine(Environments, id);

    /// <summary>The lock that users of an environment share, and that a remover holds alone. Its time of last change is the last use.</summary>
    public string UseLock(string id) => Path.Combine(Locks, id + ".use");

    /// <summary>The lock that the builder of an environment holds alone.</summary>
    public string BuildLock(string id) => Path.Combine(Locks, id + ".build");

    /// <summary>The lock that whoever takes the long way with this key holds alone, with the number of its process.</summary>
    internal string LongWayLock(WarmKey key) => Path.Combine(Locks, key.Name + LongWayEnding);

    /// <summary>How the names of those locks end.</summary>
    internal const string LongWayEnding = ".way";

    /// <summary>
    /// Whether a directory of PATH holds the scripts of an environment of ours, in this store or another. Such entries come from a run around this
    /// one; they must neither pile up nor be taken for an interpreter of the machine.
    /// </summary>
    public static bool IsScriptsOfAnEnvironment(string directory)
    {
        string trimmed = Path.TrimEndingDirectorySeparator(directory);
        return Path.GetFileName(trimmed) is "bin" or "Scripts" && IsEnvironment(Path.GetDirectoryName(trimmed) ?? "");
    }

    /// <summary>Whether a path is that of an environment of ours, in this store or another, whether or not it is there.</summary>
    public static bool IsEnvironment(string path)
    {
        string trimmed = Path.TrimEndingDirectorySeparator(path);
        return EnvironmentIdentity.IsIdentity(Path.GetFileName(trimmed))
            && Path.GetFileName(Path.GetDirectoryName(trimmed) ?? "") == EnvironmentsName;
    }

    /// <summary>The root that applies: the flag, else what <see cref="EnvironmentRoot"/> chooses.</summary>
    public static StoreLayout Choose(string? flag, EnvironmentBlock environment, string workingDirectory)
    {
        var root = EnvironmentRoot.Choose(flag, name => environment[name], static value => !NativeText.HasEscapes(value), workingDirectory);
        return new(root.Path) { IsInSharedDirectory = root.IsInSharedDirectory };
    }
}
