using System.Collections.Immutable;
using VPythonTools.Runner.Files;

namespace VPythonTools.Runner.Environments;

/// <summary>An environment that is ready and held, with what its warm record needs.</summary>
/// <param name="Held">The environment.</param>
/// <param name="Python">The path of its Python relative to it.</param>
/// <param name="Watched">What must be unchanged for the same spec to lead here again.</param>
/// <param name="IsRepeatable">Whether that is all it takes.</param>
internal sealed record PreparedEnvironment(HeldEnvironment Held, string Python, ImmutableArray<WatchedPath> Watched, bool IsRepeatable)
{
    /// <summary>Leaves a warm record for the next run with this key, where there can be one.</summary>
    public void KeepWarm(StoreLayout layout, WarmKey key)
    {
        if (IsRepeatable) new WarmRecord(Held.Id, Python, Watched).Keep(layout.WarmRecords, key);
    }
}
