using System.Globalization;
using System.Net;
using VPythonTools.Runner.Execution;

namespace VPythonTools.Runner.Cipd.Network;

/// <summary>
/// The proxies that variables name, by the rules of Go's HTTP client, which CIPD's client follows: <c>HTTPS_PROXY</c> and <c>HTTP_PROXY</c> by the scheme of the
/// target, each also in lower case, then <c>ALL_PROXY</c>, which Go does not know; <c>NO_PROXY</c> lists names (with everything below them), addresses, networks, each also with a
/// port, or <c>*</c>. Loopback never goes through a proxy. The system's own settings do not count.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly string[] _exceptions;

    public EnvironmentProxy(EnvironmentBlock environment)
    {
        Uri? all = Address(environment, "ALL_PROXY");
        _http = Address(environment, "HTTP_PROXY") ?? all;
        _https = Address(environment, "HTTPS_PROXY") ?? all;
        _exceptions = (environment.NonEmpty("NO_PROXY") ?? environment.NonEmpty("no_proxy") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if ((_https ?? _http)?.UserInfo is { Length: > 0 } user)
        {
            string[] parts = user.Split(':', 2);
            Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
    }

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : For(destination);

    public bool IsBypassed(Uri host) => For(host) is null || host.IsLoopback || _exceptions.Any(exception => Covers(exception, host));

    private Uri? For(Uri destination) => destination.Scheme == Uri.UriSchemeHttp ? _http : _https;

    private static Uri? Address(EnvironmentBlock environment, string name)
    {
        if ((environment.NonEmpty(name) ?? environment.NonEmpty(name.ToLowerInvariant())) is not { } text) return null;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "http://" + text;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address : null;
    }

    private static bool Covers(string exception, Uri host)
    {
        if (exception == "*") return true;
        string name = host.IdnHost.Trim('[', ']');
        if (exception.Contains('/', StringComparison.Ordinal))
            return IPNetwork.TryParse(exception, out IPNetwork network) && IPAddress.TryParse(name, out IPAddress? member) && network.Contains(member);
        if (!IPAddress.TryParse(exception, out IPAddress? address) && exception.LastIndexOf(':') is > 0 and int colon
            && int.TryParse(exception.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            if (port != host.Port) return false;
            exception = exception[..colon].Trim('[', ']');
            _ = IPAddress.TryParse(exception, out address);
        }
        if (address is not null) return IPAddress.TryParse(name, out IPAddress? own) && own.Equals(address);
        if (exception.StartsWith("*.", StringComparison.Ordinal)) exception = exception[1..];
        return exception.StartsWith('.')
            ? name.EndsWith(exception, StringComparison.OrdinalIgnoreCase)
            : name.Equals(exception, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + exception, StringComparison.OrdinalIgnoreCase);
    }
}
