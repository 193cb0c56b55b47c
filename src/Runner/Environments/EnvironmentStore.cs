using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// The environments of a root, and the locks that keep them whole. Every user of an environment shares its use lock, through exec and until the
/// last process ends; a remover needs it alone. A builder holds the build lock alone, builds aside, and renames: what has its name is complete.
/// A builder that dies leaves its lock to the system and its leftovers to the next builder.
/// </summary>
/// <param name="layout">Where things are.</param>
/// <param name="log">Where waiting and cleaning are noted.</param>
public sealed class EnvironmentStore(StoreLayout layout, Log log)
{
    /// <summary>Python takes an environment for one by this file; without it, it would start as if there were none.</summary>
    internal const string Marker = "pyvenv.cfg";

    private static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Holds an environment that an earlier run made, in the fewest system calls. Whether its Python is still there shows when it is started.
    /// Null when it was never made, is damaged, or is being removed.
    /// </summary>
    public HeldEnvironment? TryHold(string id)
    {
        if (FileLock.OpenExisting(layout.UseLock(id)) is not { } use) return null;
        if (!use.TryTakeShared() || !IsReady(id))
        {
            use.Dispose();
            return null;
        }
        use.RecordUse();
        return new(id, layout.Environment(id), use);
    }

    /// <summary>Whether the environment is there, and is one: where what Python takes it for one by is there and its libraries are not, somebody has removed half of it.</summary>
    public bool IsReady(string id) => layout.Environment(id) is var environment && File.Exists(Path.Combine(environment, Marker)) && Directory.Exists(Path.Combine(environment, Libraries));

    /// <summary>The directory of the libraries, whatever the Python (PEP 405).</summary>
    internal static string Libraries => OperatingSystem.IsWindows() ? "Lib" : "lib";

    /// <summary>Moves a damaged environment out of the way, so that the next <see cref="Obtain"/> builds it anew. What others run in is not deleted.</summary>
    public void Abandon(string id)
    {
        try
        {
            using FileLock building = FileLock.Open(layout.BuildLock(id));
            building.TakeExclusive();
            using FileLock use = FileLock.Open(layout.UseLock(id));
            MoveAway(id, use);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"cannot move the damaged environment '{layout.Environment(id)}' away: {exception.Message}");
        }
    }

    /// <summary>Holds an environment, built by <paramref name="build"/> if it is not there: by this process, or by another one that this one waits for.</summary>
    /// <param name="id">The environment's identity.</param>
    /// <param name="build">Makes the environment in the directory that it is given, which exists and is empty; its final path comes second.</param>
    public Result<HeldEnvironment> Obtain(string id, Func<string, string, Result<BuiltEnvironment>> build)
    {
        FileLock? use = null;
        try
        {
            use = FileLock.Open(layout.UseLock(id));
            use.TakeShared();
            if (!IsReady(id) && BuildOnce(id, use, build) is { } failure) return failure;
            use.RecordUse();
            var held = new HeldEnvironment(id, layout.Environment(id), use);
            use = null;
            return held;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return UnusableRoot.Of(layout, exception);
        }
        finally
        {
            use?.Dispose();
        }
    }

    private Failure? BuildOnce(string id, FileLock use, Func<string, string, Result<BuiltEnvironment>> build)
    {
        using FileLock building = FileLock.Open(layout.BuildLock(id));
        if (!building.TryTakeExclusive()) WaitForBuilder(building, id);
        if (IsReady(id)) return null;

        MoveAway(id, use);
        if (building.IsEffective) RemoveLeftovers(id);
        string aside = Path.Combine(layout.Building, OtherBuilder.DirectoryName(id));
        Directory.CreateDirectory(aside);
        Directory.CreateDirectory(layout.Environments);
        try
        {
            if (!build(aside, layout.Environment(id)).TryGet(out _, out Failure? failure)) return failure;
            try
            {
                Directory.Move(aside, layout.Environment(id));
            }
            catch (IOException) when (IsReady(id))
            {
                // On a file system without locks another process has built the same meanwhile.
            }
            return null;
        }
        finally
        {
            Discard(aside);
        }
    }

    private void WaitForBuilder(FileLock building, string id)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        using (ActivityLine.Start(() => OtherBuilder.Describe(OtherBuilder.Find(layout.Building, id), $"environment {id}"), SilentWait, SilentWait)) building.TakeExclusive();
        log.Debug($"waited {waited.ElapsedMilliseconds} ms for another process to build environment {id}");
    }

    /// <summary>
    /// Takes its name from a damaged environment, and removes it unless others run in it: Python opens files late. The caller holds the build lock;
    /// <paramref name="use"/> is shared when this returns.
    /// </summary>
    private void MoveAway(string id, FileLock use)
    {
        string environment = layout.Environment(id);
        if (!Path.Exists(environment) && new FileInfo(environment).LinkTarget is null) return;
        log.Info($"environment {id} is damaged and is built anew");
        Directory.CreateDirectory(layout.Building);
        string away = Path.Combine(layout.Building, StoreLayout.DamagedPrefix + UniqueName(id));
        Directory.Move(environment, away);
        bool isUnused = use.TryTakeExclusive();
        use.TakeShared();
        if (isUnused) Discard(away);
    }

    private static string UniqueName(string id) => $"{id}.{Guid.NewGuid():N}";

    /// <summary>Removes what killed builders of this environment left. Nobody else builds it: the caller holds the build lock.</summary>
    private void RemoveLeftovers(string id)
    {
        if (!Directory.Exists(layout.Building)) return;
        foreach (string leftover in Directory.EnumerateDirectories(layout.Building, id + ".*"))
        {
            log.Debug($"removing the unfinished environment {leftover}");
            Discard(leftover);
        }
    }

    private void Discard(string directory)
    {
        if (DirectoryTree.Remove(directory) is { } reason) log.Warning($"cannot remove '{directory}': {reason}");
    }
}
