using System.Globalization;

namespace VPythonTools.Runner.Console;

/// <summary>Sizes and times as people read them.</summary>
internal static class Amounts
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A number of bytes, such as <c>12.3 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double number = bytes;
        int unit = 0;
        for (; number >= 1024 && unit < Units.Length - 1; unit++) number /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || number >= 100 ? Math.Round(number) : Math.Round(number, 1))} {Units[unit]}");
    }

    /// <summary>How long ago something was, such as <c>3 hours ago</c>.</summary>
    public static string Ago(TimeSpan since) => since switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } => Count((int)since.TotalMinutes, "minute") + " ago",
        { TotalDays: < 1 } => Count((int)since.TotalHours, "hour") + " ago",
        _ => Count((int)since.TotalDays, "day") + " ago",
    };

    /// <summary>A number of things, such as <c>1 spec</c>.</summary>
    public static string Count(int number, string thing) => string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
