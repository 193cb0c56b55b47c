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

    private readonly EnvironmentProxy _proxy;

    private HttpTransport(CipdSettings settings, TrustedRoots roots, TimeSpan connection)
    {
        _settings = settings;
        _proxy = new(settings.Environment);
        Connection = connection;
        Service = Create(roots, isForFiles: false);
        Files = Create(roots, isForFiles: true);
    }

    /// <summary>How long a connection may take, with all that belongs to it.</summary>
    public TimeSpan Connection { get; }

    /// <summary>For the service.</summary>
    public HttpClient Service { get; }

    /// <summary>For files.</summary>
    public HttpClient Files { get; }

    /// <summary>Makes both; a failure when the certificates that are named cannot be read.</summary>
    public static Result<HttpTransport> Create(CipdSettings settings, TimeSpan connection) =>
        TrustedRoots.Read(settings.Environment).Then<HttpTransport>(roots => new HttpTransport(settings, roots, connection));

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

    /// <summary>Why nothing has come from a server for some time, given that it did not refuse to be connected to.</summary>
    /// <param name="target">The server.</param>
    /// <param name="exception">What ended the wait.</param>
    /// <param name="patience">How long an answer was waited for.</param>
    public NetworkFault Silence(Uri target, OperationCanceledException exception, TimeSpan patience)
    {
        string host = target.IsDefaultPort ? target.Host : target.Authority;

        // The HTTP client says so where its own limit, that of connections, has run out.
        bool isConnected = exception.InnerException is not TimeoutException && exception.InnerException?.InnerException is not TimeoutException;
        string within = $"within {(isConnected ? patience : Connection).TotalSeconds:0.#} seconds";
        if (ProxyOf(target) is { } proxy)
            return new(NetworkFaultKind.Proxy, isConnected ? $"{proxy} brought no answer of {host} {within}" : $"{proxy} gave no connection to {host} {within}");
        return new(NetworkFaultKind.TimedOut, isConnected || target.Scheme == Uri.UriSchemeHttp
            ? $"{host} gave no answer {within}"
            : $"{host} can be connected to, and did not agree on encryption (TLS) {within}");
    }

    /// <summary>The fault that a proxy answers in place of a server, without having asked it: it wants other credentials, or some at all.</summary>
    public NetworkFault ProxyWantsLogin(Uri target) => new(NetworkFaultKind.ProxyLogin, $"{ProxyOf(target) ?? "a proxy"} asks for credentials, or for others (HTTP 407)");

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        Service.Dispose();
        Files.Dispose();
    }

    private string? ProxyOf(Uri target)
    {
        if (_settings.ProxySocket is { } socket) return $"the proxy that CIPD_PROXY_URL names, '{socket}',";
        return _proxy.GetProxy(target) is { } proxy ? $"the proxy {proxy.Authority}" : null;
    }

    private HttpClient Create(TrustedRoots roots, bool isForFiles)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = isForFiles,
            MaxAutomaticRedirections = MostRedirects,
            AutomaticDecompression = isForFiles ? DecompressionMethods.None : DecompressionMethods.GZip,
            UseCookies = false,
            PooledConnectionIdleTimeout = IdleConnection,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Connection,
        };
        if (_settings.ProxySocket is { } socket)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = (_, cancellation) => HostConnector.ConnectToSocketAsync(socket, cancellation);
        }
        else
        {
            handler.Proxy = _proxy;
            handler.ConnectCallback = HostConnector.ConnectAsync;
        }
        if (roots.Policy is { } policy) handler.SslOptions.CertificateChainPolicy = policy;
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan }; // Each request has a deadline of its own.
    }
}
