using System.Net;
using VPythonTools.Runner.Cipd.Configuration;
using VPythonTools.Runner.Console;

namespace VPythonTools.Runner.Cipd.Network;

/// <summary>
/// The two ways over which packages come: one to the service, which carries credentials and follows no redirect, and one for the files that the service points to, which never
/// carries any.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(60);

    private readonly CipdSettings _settings;

    private HttpTransport(CipdSettings settings, TrustedRoots roots)
    {
        _settings = settings;
        Service = Create(settings, roots, isForFiles: false);
        Files = Create(settings, roots, isForFiles: true);
    }

    /// <summary>For the service.</summary>
    public HttpClient Service { get; }

    /// <summary>For files.</summary>
    public HttpClient Files { get; }

    /// <summary>Makes both; a failure when the certificates that are named cannot be read.</summary>
    public static Result<HttpTransport> Create(CipdSettings settings) => TrustedRoots.Read(settings.Environment).Then<HttpTransport>(roots => new HttpTransport(settings, roots));

    /// <summary>A request as all of ours are: HTTP/2 where the other side speaks it, which needs encryption, else 1.1. A CIPD proxy gets everything in clear text.</summary>
    public HttpRequestMessage Request(HttpMethod method, Uri target)
    {
        bool usesSocket = _settings.ProxySocket is not null;
        if (usesSocket && target.Scheme == Uri.UriSchemeHttps) target = new UriBuilder(target) { Scheme = Uri.UriSchemeHttp, Port = target.IsDefaultPort ? -1 : target.Port }.Uri;
        var request = new HttpRequestMessage(method, target) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", _settings.UserAgent);
        if (usesSocket) request.Headers.ConnectionClose = true;
        return request;
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        Service.Dispose();
        Files.Dispose();
    }

    private static HttpClient Create(CipdSettings settings, TrustedRoots roots, bool isForFiles)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = isForFiles,
            MaxAutomaticRedirections = MostRedirects,
            AutomaticDecompression = isForFiles ? DecompressionMethods.None : DecompressionMethods.GZip,
            UseCookies = false,
            PooledConnectionIdleTimeout = IdleConnection,
            ActivityHeadersPropagator = null,
        };
        if (settings.ProxySocket is { } socket)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = (_, cancellation) => HostConnector.ConnectToSocketAsync(socket, cancellation);
        }
        else
        {
            handler.Proxy = new EnvironmentProxy(settings.Environment);
            handler.ConnectCallback = HostConnector.ConnectAsync;
        }
        if (roots.Policy is { } policy) handler.SslOptions.CertificateChainPolicy = policy;
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan }; // Each request has a deadline of its own.
    }
}
