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

    private const string EnvironmentsName = "environments";

    /// <summary>Whether the root is in the temporary directory, where anybody can make it first.</summary>
    public bool IsInSharedDirectory { get; init; }

    /// <summary>Complete environments, by identity. An environment appears here by a rename and never before it is complete.</summary>
    public string Environments => Path.Combine(Root, Version, EnvironmentsName);

    /// <summary>Environments while they are built, and leftovers of builds that were killed.</summary>
    public string Building => Path.Combine(Root, Version, "building");

    /// <summary>Lock files. They are never removed while someone may hold them, and hold no data.</summary>
    public string Locks => Path.Combine(Root, Version, "locks");

    /// <summary>What interpreters said when they were probed.</summary>
    public string Interpreters => Path.Combine(Root, Version, "interpreters");

    /// <summary>Warm records.</summary>
    public string WarmRecords => Path.Combine(Root, Version, "warm");

    /// <summary>The environment of this identity.</summary>
    public string Environment(string id) => Path.Combine(Environments, id);

    /// <summary>The lock that users of an environment share, and that a remover holds alone. Its time of last change is the last use.</summary>
    public string UseLock(string id) => Path.Combine(Locks, id + ".use");

    /// <summary>The lock that the builder of an environment holds alone.</summary>
    public string BuildLock(string id) => Path.Combine(Locks, id + ".build");

    /// <summary>
    /// Whether a directory of PATH holds the scripts of an environment of ours, in this store or another. Such entries come from a run around this
    /// one; they must neither pile up nor be taken for an interpreter of the machine.
    /// </summary>
    public static bool IsScriptsOfAnEnvironment(string directory)
    {
        string trimmed = Path.TrimEndingDirectorySeparator(directory);
        string environment = Path.GetDirectoryName(trimmed) ?? "";
        string environments = Path.GetDirectoryName(environment) ?? "";
        return Path.GetFileName(trimmed) is "bin" or "Scripts"
            && EnvironmentIdentity.IsIdentity(Path.GetFileName(environment))
            && Path.GetFileName(environments) == EnvironmentsName;
    }

    /// <summary>The root that applies: the flag, else what <see cref="EnvironmentRoot"/> chooses.</summary>
    public static StoreLayout Choose(string? flag, EnvironmentBlock environment, string workingDirectory)
    {
        var root = EnvironmentRoot.Choose(flag, name => environment[name], static value => !NativeText.HasEscapes(value), workingDirectory);
        return new(root.Path) { IsInSharedDirectory = root.IsInSharedDirectory };
    }
}
