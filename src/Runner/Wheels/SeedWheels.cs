using System.Collections.Immutable;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Wheels;

/// <summary>The wheels that an interpreter brings, opened by other threads from the start. One that nobody asks for may be damaged without anybody hearing of it.</summary>
internal sealed class SeedWheels : IDisposable
{
    private readonly ImmutableDictionary<string, Task<Result<Wheel>>> _opened;

    /// <summary>Begins to open them.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="open">Opens one.</param>
    public SeedWheels(ImmutableArray<string> paths, Func<string, Result<Wheel>> open) =>
        _opened = paths.Distinct().ToImmutableDictionary(path => path, path => Task.Run(() => open(path)));

    /// <summary>One of them; waits until it is open.</summary>
    public Result<Wheel> Open(string path) => _opened[path].GetAwaiter().GetResult();

    /// <summary>Waits until nothing of it is in use any more; closing what was opened is up to those who asked for it.</summary>
    public void Dispose()
    {
        foreach (Task<Result<Wheel>> opened in _opened.Values) ((IAsyncResult)opened).AsyncWaitHandle.WaitOne();
    }
}
