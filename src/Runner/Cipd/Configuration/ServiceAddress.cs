using System.Diagnostics.CodeAnalysis;

namespace VPythonTools.Runner.Cipd.Configuration;

/// <summary>The address of a CIPD service: a scheme and a host, and nothing else, as CIPD's own client wants it.</summary>
public sealed record ServiceAddress
{
    private ServiceAddress(Uri uri) => Uri = uri;

    /// <summary>The service that Chrome Operations runs, which the deployed client asks when nothing else is named.</summary>
    public static ServiceAddress Default { get; } = new(new Uri("https://chrome-infra-packages.appspot.com/"));

    /// <summary>The address; its path is <c>/</c>.</summary>
    public Uri Uri { get; }

    /// <summary>Whether what is sent there can be read on the way: plain HTTP to another machine.</summary>
    public bool IsOpenToOthers => Uri.Scheme == Uri.UriSchemeHttp && !Uri.IsLoopback;

    /// <summary>Whether a location of packages is meant as an address, not as a directory.</summary>
    public static bool IsAddress(string location) => Invocation.IsAddress(location);

    /// <summary>Reads an address, or says what is wrong with it as the end of a sentence.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        fault = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0) fault = "is no URL";
        else if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) fault = $"has the scheme '{uri.Scheme}'; CIPD speaks https and http";
        else if (uri.UserInfo.Length > 0) fault = "has a user name in it; credentials are never part of the address";
        else if (uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0) fault = "has a path; a CIPD service is the root of its host";
        else address = new(uri);
        return address is not null;
    }

    /// <summary><c>scheme://host</c>, as CIPD writes it.</summary>
    public override string ToString() => Uri.GetLeftPart(UriPartial.Authority);
}
