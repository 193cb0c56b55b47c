using System.Globalization;

namespace VPythonTools.Runner.Console;

/// <summary>Addresses on their way to people. Logs are kept and read by others: what may be a password or a token in an address is never said.</summary>
internal static class AddressText
{
    private const string Hidden = "***";
    private const string SchemeEnd = "://";

    /// <summary>
    /// The address without its user, its password and its query. It need not be a valid one, since that is mostly why it is told: a password may hold any character, so the last <c>@</c> ends it, and
    /// what stands where a port would, and is none, is taken for one too.
    /// </summary>
    /// <param name="address">The text of an address, with a scheme or without.</param>
    public static string Of(string address)
    {
        int scheme = address.IndexOf(SchemeEnd, StringComparison.Ordinal);
        int start = scheme < 0 ? 0 : scheme + SchemeEnd.Length;
        string rest = address[start..];
        if (rest.LastIndexOf('@') is >= 0 and int at) rest = $"{Hidden}{rest[at..]}";
        else if (scheme >= 0 && PasswordIn(rest) is { } password) rest = rest[..password] + Hidden;
        if (rest.IndexOfAny(['?', '#']) is >= 0 and int query) rest = $"{rest[..(query + 1)]}{Hidden}";
        return address[..start] + rest;
    }

    /// <summary>Where something begins that stands behind a colon like a port and is none: a password that was cut off at a comma, or whose <c>@</c> was forgotten.</summary>
    private static int? PasswordIn(string rest)
    {
        if (rest.StartsWith('[')) return null; // An address of IPv6 is full of colons.
        int colon = rest.IndexOf(':');
        if (colon < 0 || rest.AsSpan(0, colon).Contains('/')) return null;
        ReadOnlySpan<char> port = rest.AsSpan(colon + 1);
        if (port.IndexOf('/') is >= 0 and int end) port = port[..end];
        return port.IsEmpty || ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : colon + 1;
    }
}
