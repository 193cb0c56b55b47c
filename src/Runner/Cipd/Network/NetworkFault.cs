using System.Net.Sockets;
using System.Security.Authentication;

namespace VPythonTools.Runner.Cipd.Network;

/// <summary>Why a request got no answer, in the words of somebody who wants to mend it.</summary>
/// <param name="Kind">The cause.</param>
/// <param name="Reason">The cause as the end of a sentence; it names the host.</param>
public sealed record NetworkFault(NetworkFaultKind Kind, string Reason)
{
    /// <summary>Whether the machine seems to have no network, or none that leads there: what is known already may be used instead.</summary>
    public bool IsOffline => Kind is not (NetworkFaultKind.NotTrusted or NetworkFaultKind.Broken);

    /// <summary>Whether another attempt can go better: a name or a certificate does not change within seconds.</summary>
    public bool IsWorthRetrying => Kind is NetworkFaultKind.Broken or NetworkFaultKind.Refused or NetworkFaultKind.Unreachable or NetworkFaultKind.NameNotFound;

    /// <summary>What the user can do.</summary>
    public string NextStep => Kind switch
    {
        NetworkFaultKind.NameNotFound => "check the network and the name; behind a proxy, set HTTPS_PROXY",
        NetworkFaultKind.Proxy => "check HTTPS_PROXY, HTTP_PROXY and NO_PROXY",
        NetworkFaultKind.ProxyLogin => "put the user and the password of the proxy into HTTPS_PROXY and HTTP_PROXY: http://USER:PASSWORD@HOST:PORT",
        NetworkFaultKind.NotTrusted => "where a proxy or a company signs certificates itself, name its certificates in SSL_CERT_FILE; check the clock, too",
        _ => "check the network; behind a proxy, set HTTPS_PROXY. A package directory needs none: -vpython-packages DIR",
    };

    /// <summary>The fault behind an exception of the HTTP client.</summary>
    public static NetworkFault Of(Exception exception, Uri target)
    {
        string host = target.IsDefaultPort ? target.Host : target.Authority;
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case ConnectException connect:
                    return connect.Fault;
                case AuthenticationException:
                    return new(NetworkFaultKind.NotTrusted, $"there is no trusted connection to {host}: {Innermost(cause)}");
                // The runtime's message has the whole address of the proxy, with its password.
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } when cause.Message.Contains("'407'", StringComparison.Ordinal):
                    return new(NetworkFaultKind.ProxyLogin, $"the proxy{ProxyIn(cause.Message)} lets no connection to {host} through without other credentials (HTTP 407)");
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
                    return new(NetworkFaultKind.Proxy, $"the proxy{ProxyIn(cause.Message)} lets no connection to {host} through{StatusIn(cause.Message)}");
                case TimeoutException or OperationCanceledException:
                    return new(NetworkFaultKind.TimedOut, $"{host} does not answer in time");
                case SocketException socket:
                    return OfSocket(socket, host);
            }
        }
        return new(NetworkFaultKind.Broken, $"the connection to {host} broke off: {Innermost(exception)}");
    }

    /// <summary>The fault behind a failed connection.</summary>
    public static NetworkFault OfSocket(SocketException exception, string host) => exception.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
            new(NetworkFaultKind.NameNotFound, $"the name {host} cannot be resolved ({exception.Message})"),
        SocketError.ConnectionRefused => new(NetworkFaultKind.Refused, $"{host} refuses connections"),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown or SocketError.AddressNotAvailable =>
            new(NetworkFaultKind.Unreachable, $"there is no way to {host} ({exception.Message})"),
        SocketError.TimedOut => new(NetworkFaultKind.TimedOut, $"{host} does not answer in time"),
        _ => new(NetworkFaultKind.Broken, $"the connection to {host} broke off: {exception.Message}"),
    };

    private static string ProxyIn(string message) =>
        Array.Find(message.Split('\''), part => part.Contains("://", StringComparison.Ordinal)) is { } address && Uri.TryCreate(address, UriKind.Absolute, out Uri? proxy) ? $" {proxy.Authority}" : "";

    private static string StatusIn(string message) =>
        Array.Find(message.Split('\''), part => part.Length == 3 && part.All(char.IsAsciiDigit)) is { } status ? $" (HTTP {status})" : "";

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;
}
