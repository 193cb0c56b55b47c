using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using VPythonTools.Runner.Console;
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

    /// <summary>Reads the variables, which <see cref="Check"/> found readable.</summary>
    public EnvironmentProxy(EnvironmentBlock environment)
    {
        Uri? all = Address(environment, "ALL_PROXY");
        _http = Address(environment, "HTTP_PROXY") ?? all;
        _https = Address(environment, "HTTPS_PROXY") ?? all;
        _exceptions = (environment.NonEmpty("NO_PROXY") ?? environment.NonEmpty("no_proxy") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Credentials = new OwnCredentials([.. ((Uri?[])[_https, _http]).OfType<Uri>()]);
    }

    /// <summary>The failure of a variable that names no proxy which can be used; null when there is none. Going on without the proxy would get around it. The value is not told: a password may be in it.</summary>
    public static Failure? Check(EnvironmentBlock environment)
    {
        foreach (string name in (string[])["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"])
        {
            string variable = environment.NonEmpty(name) is null ? name.ToLowerInvariant() : name;
            if (environment.NonEmpty(variable) is not { } text) continue;
            string? problem = !TryParse(text, out Uri? address) ? "is not the address of a proxy"
                : address.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5") ? $"has the scheme '{address.Scheme}'; proxies of http, https, socks4, socks4a, socks5 and socks5h can be used"
                : null;
            if (problem is not null) return new("VPY3130", $"{variable} {problem}") { NextStep = "correct the variable, as in http://host:port, or unset it" };
        }
        return null;
    }

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : For(destination);

    public bool IsBypassed(Uri host) => For(host) is null || host.IsLoopback || _exceptions.Any(exception => Covers(exception, host));

    private Uri? For(Uri destination) => destination.Scheme == Uri.UriSchemeHttp ? _http : _https;

    private static Uri? Address(EnvironmentBlock environment, string name)
    {
        if ((environment.NonEmpty(name) ?? environment.NonEmpty(name.ToLowerInvariant())) is not { } text) return null;
        return TryParse(text, out Uri? address) ? address : throw new ArgumentException($"{name} is not the address of a proxy.", nameof(environment));
    }

    private static bool TryParse(string text, [NotNullWhen(true)] out Uri? address)
    {
        if (!text.Contains("://", StringComparison.Ordinal)) text = "http://" + text;

        // Names are resolved by the proxy with either; .NET knows one of the two words.
        if (text.StartsWith("socks5h://", StringComparison.OrdinalIgnoreCase)) text = "socks5" + text["socks5h".Length..];
        return Uri.TryCreate(text, UriKind.Absolute, out address) && address.Host.Length > 0;
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

    /// <summary>The user and the password that a proxy's own address has, and no other's.</summary>
    private sealed class OwnCredentials(Uri[] proxies) : ICredentials
    {
        public NetworkCredential? GetCredential(Uri uri, string authType)
        {
            string user = uri.UserInfo.Length > 0 ? uri.UserInfo : Array.Find(proxies, proxy => proxy.Scheme == uri.Scheme && proxy.Authority == uri.Authority)?.UserInfo ?? "";
            if (user.Length == 0) return null;
            string[] parts = user.Split(':', 2);
            return new(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
    }
}
