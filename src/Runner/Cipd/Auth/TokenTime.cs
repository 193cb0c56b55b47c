using System.Globalization;

namespace VPythonTools.Runner.Cipd.Auth;

/// <summary>The times at which tokens expire, as the programs that give them write them.</summary>
internal static class TokenTime
{
    private const string UnixDate = "ddd MMM d HH:mm:ss yyyy";
    private static readonly long LatestSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Seconds since 1970; a time that no calendar has is none.</summary>
    public static DateTimeOffset? FromUnix(long seconds) => seconds > 0 && seconds <= LatestSeconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>
    /// Go's <c>UnixDate</c>, <c>Mon Jan _2 15:04:05 MST 2006</c>. Its zone is an abbreviation, of which only UTC's is clear; with another one the time is not known.
    /// </summary>
    public static DateTimeOffset? FromUnixDate(string? text)
    {
        string[] words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [_, _, _, _, "UTC" or "GMT", _]) return null;
        return DateTimeOffset.TryParseExact(
            string.Join(' ', words[0], words[1], words[2], words[3], words[5]), UnixDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;
    }
}
