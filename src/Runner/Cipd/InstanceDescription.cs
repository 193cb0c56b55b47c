using System.Collections.Immutable;

namespace VPythonTools.Runner.Cipd;

/// <summary>What a source knows of an instance.</summary>
/// <param name="Pin">The instance.</param>
public sealed record InstanceDescription(PackagePin Pin)
{
    /// <summary>Who registered it, such as <c>user:someone@example.com</c>; null where that is not known.</summary>
    public string? RegisteredBy { get; init; }

    /// <summary>When it was registered; null where that is not known.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>The refs that name it, the newest first where that is known. Empty in a list of instances.</summary>
    public ImmutableArray<string> Refs { get; init; } = [];

    /// <summary>Its tags. Empty in a list of instances.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}
