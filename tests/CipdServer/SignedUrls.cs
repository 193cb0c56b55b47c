using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace VPythonTools.CipdServer;

/// <summary>The URLs that were given out for downloads: each is of its own, says nothing, and expires.</summary>
/// <param name="lifetime">How long one is good.</param>
/// <param name="faults">What goes wrong.</param>
internal sealed class SignedUrls(TimeSpan lifetime, Faults faults)
{
    /// <summary>Where downloads are.</summary>
    public const string Path = "/blob/";

    private readonly ConcurrentDictionary<string, SignedUrl> _urls = new();

    /// <summary>Gives out an URL for an instance.</summary>
    public string Give(string origin, ServedInstance instance)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        int? badStatus = faults.BadUrl is { } fault && fault.TryTake(out int status) ? status : null;
        _urls[id] = new(instance, DateTimeOffset.UtcNow + lifetime, badStatus);
        return $"{origin}{Path}{id}";
    }

    /// <summary>What an URL is good for; null when it was never given out.</summary>
    public SignedUrl? Find(string id) => _urls.GetValueOrDefault(id);
}

/// <summary>What an URL is good for.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Expires">The end of its life.</param>
/// <param name="BadStatus">The HTTP status that it is good for, where it is good for nothing else.</param>
internal sealed record SignedUrl(ServedInstance Instance, DateTimeOffset Expires, int? BadStatus);
