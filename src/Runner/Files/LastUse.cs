namespace VPythonTools.Runner.Files;

/// <summary>
/// When something that is kept for a while was used last, by the times of a file. A time ahead of the clock is one that a wrong clock wrote: it is set to now, so that what carries it ages like
/// everything else and is neither kept for ever nor taken for the newest.
/// </summary>
internal static class LastUse
{
    /// <summary>How far ahead a time may be before it is the mark of a clock that was wrong.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>By the time of last change, where whoever uses the file sets it.</summary>
    /// <param name="path">The file; it exists.</param>
    /// <param name="now">The time.</param>
    public static DateTime ByChange(string path, DateTime now) => Mend(path, File.GetLastWriteTimeUtc(path), now);

    /// <summary>By the time of last change or the last reading, whichever came later; the end of the past where there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">The time.</param>
    public static DateTime ByReading(string path, DateTime now)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return DateTime.MinValue;
        return Mend(path, file.LastAccessTimeUtc > file.LastWriteTimeUtc ? file.LastAccessTimeUtc : file.LastWriteTimeUtc, now);
    }

    /// <summary>Whether a mark was made less than an interval ago. One that is further ahead than that was made by a clock that was wrong then, or is now: it is not recent.</summary>
    public static bool IsRecent(DateTime mark, TimeSpan interval, DateTime now) => now - mark < interval && mark - now < interval;

    private static DateTime Mend(string path, DateTime last, DateTime now)
    {
        if (last <= now + Tolerance) return last;
        try
        {
            File.SetLastAccessTimeUtc(path, now);
            File.SetLastWriteTimeUtc(path, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is another user's. What it marks is as old as new, now and the next time.
        }
        return now;
    }
}
