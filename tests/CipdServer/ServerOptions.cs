using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace VPythonTools.CipdServer;

/// <summary>How a server is started.</summary>
/// <param name="Packages">The package directory that it serves.</param>
public sealed record ServerOptions(string Packages)
{
    /// <summary>Where it listens: an address of the loopback interface, and a port, or 0 for any that is free.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>The Unix socket that it listens at instead; null for none.</summary>
    public string? Socket { get; init; }

    /// <summary>The certificate that it shows, with its key; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>How long the URLs of downloads are good.</summary>
    public TimeSpan UrlLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Where a line for each request goes; null for nowhere.</summary>
    public TextWriter? Log { get; init; }
}
