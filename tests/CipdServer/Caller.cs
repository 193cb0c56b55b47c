namespace VPythonTools.CipdServer;

/// <summary>Who asks, and under which name they reached the server.</summary>
/// <param name="Identity">The identity, such as <c>user:someone@example.com</c>, or <see cref="Anonymous"/>.</param>
/// <param name="Origin">Scheme, host and port as the caller wrote them; URLs that are given out begin so.</param>
public sealed record Caller(string Identity, string Origin)
{
    /// <summary>The identity of a caller without credentials.</summary>
    public const string Anonymous = "anonymous:anonymous";
}
