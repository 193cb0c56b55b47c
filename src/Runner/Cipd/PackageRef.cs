namespace VPythonTools.Runner.Cipd;

/// <summary>A ref of a package: a name that is moved from one instance to another.</summary>
/// <param name="Name">The name, such as <c>latest</c>.</param>
/// <param name="Pin">The instance that it names now.</param>
public sealed record PackageRef(string Name, PackagePin Pin)
{
    /// <summary>Who moved it last, such as <c>user:someone@example.com</c>; null where that is not known.</summary>
    public string? MovedBy { get; init; }

    /// <summary>When it was moved last; null where that is not known.</summary>
    public DateTimeOffset? MovedAt { get; init; }
}
