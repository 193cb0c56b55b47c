using VPythonTools.Runner.Console;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments;

/// <summary>
/// Of many runs at once that want the same and find no warm record of it, one takes the long way, and the others wait for the record that it leaves: to wait costs a process next to nothing, to plan costs it a
/// Python that is asked and packages that are read. Nothing rests on it. Who cannot lock, or finds no record after waiting, takes the long way as well, and an environment is built once by its own locks.
/// </summary>
internal sealed class LongWay : IDisposable
{
    private static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(1);

    private readonly FileLock? _taken;

    private LongWay(FileLock? taken, bool hasWaited)
    {
        _taken = taken;
        HasWaited = hasWaited;
    }

    /// <summary>Whether another process was on its way with the same key, and is not any more.</summary>
    public bool HasWaited { get; }

    /// <summary>Takes the way, or waits for who has taken it.</summary>
    public static LongWay Enter(Invocation invocation, WarmKey key)
    {
        string path = invocation.Layout.LongWayLock(key);
        FileLock? way = null;
        try
        {
            // It may be what is written first in a root.
            OwnedDirectory.MakeAbove(invocation.Layout.Root);
            way = FileLock.Open(path);
            if (way.TryTakeExclusive())
            {
                OtherBuilder.LeaveNumber(path);
                var taken = new LongWay(way, hasWaited: false);
                way = null;
                return taken;
            }
            if (!way.IsEffective) return new(null, hasWaited: false);
            var waited = System.Diagnostics.Stopwatch.StartNew();
            using (ActivityLine.Start(() => OtherBuilder.Describe(OtherBuilder.WhoLeftNumber(path), "the environment"), SilentWait, SilentWait)) way.TakeShared();
            invocation.Log.Debug($"waited {waited.ElapsedMilliseconds} ms for another process that makes the same environment");
            return new(null, hasWaited: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(null, hasWaited: false);
        }
        finally
        {
            way?.Dispose();
        }
    }

    /// <summary>Lets the others go on.</summary>
    public void Dispose() => _taken?.Dispose();
}
