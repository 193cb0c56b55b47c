namespace VPythonTools.CipdServer;

/// <summary>A request that the server got.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Host">The host that the caller meant.</param>
public sealed record RequestRecord(string Method, string Path, string Host)
{
    /// <summary>The headers by name, whatever their case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The version of HTTP, such as <c>HTTP/1.1</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The method of an RPC; null for other requests.</summary>
    public string? Rpc { get; init; }

    /// <summary>What a download is of; null for other requests, and where the URL is none that was given out.</summary>
    public string? Instance { get; internal set; }

    /// <summary>Who asked; null when the request did not come so far.</summary>
    public string? Identity { get; internal set; }

    /// <summary>What came of it, in few words; null while it is going on.</summary>
    public string? Outcome { get; internal set; }

    /// <summary>Whether it brought credentials.</summary>
    public bool HasAuthorization => Headers.ContainsKey("Authorization");
}
