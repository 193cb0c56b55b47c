namespace VPythonTools.Runner.Environments.Upkeep;

/// <summary>What a collection did.</summary>
internal sealed class CollectionReport
{
    /// <summary>The environments that are gone.</summary>
    public List<RemovedEnvironment> Removed { get; } = [];

    /// <summary>The environments that are old and in use.</summary>
    public List<string> InUse { get; } = [];

    /// <summary>The environments that are old and cannot be removed.</summary>
    public List<string> Stuck { get; } = [];

    /// <summary>What is free now of unpacked wheels.</summary>
    public long FreeBytesOfWheels { get; set; }

    /// <summary>An environment that is gone.</summary>
    /// <param name="Id">Its identity.</param>
    /// <param name="Bytes">What it occupied.</param>
    /// <param name="OwnBytes">What of that is free now.</param>
    internal readonly record struct RemovedEnvironment(string Id, long Bytes, long OwnBytes);
}
