using System.Runtime.InteropServices;
using Xunit;

namespace VPythonTools.SpecLang.Tests;

/// <summary>Whether cost grows with length only. What counts is this thread's processor time, the best of some attempts, so that a busy machine makes no difference.</summary>
internal static class ProcessorTime
{
    /// <summary>How much longer the large text is that a test gives.</summary>
    public const int Growth = 8;

    private const int MostAttempts = 12;

    /// <summary>Fails when work on a text of <see cref="Growth"/> times the length takes three times as long as that; a quadratic step anywhere takes eight times.</summary>
    public static void AssertIsProportional(Action small, Action large, string what)
    {
        TimeSpan smallTime = TimeSpan.FromDays(1);
        TimeSpan largeTime = TimeSpan.FromDays(1);
        for (int attempt = 0; attempt < MostAttempts && (attempt == 0 || largeTime >= 3 * Growth * smallTime); attempt++)
        {
            smallTime = Shorter(smallTime, Time(small));
            largeTime = Shorter(largeTime, Time(large));
            if (smallTime < TimeSpan.FromMilliseconds(1)) smallTime = TimeSpan.FromMilliseconds(1);
        }
        Assert.True(largeTime < 3 * Growth * smallTime, $"{what}: {largeTime} for {Growth} times the text that took {smallTime}");
    }

    private static TimeSpan Time(Action work)
    {
        TimeSpan start = ThreadTime();
        work();
        return ThreadTime() - start;
    }

    private static TimeSpan ThreadTime()
    {
        Assert.Equal(0, clock_gettime(OperatingSystem.IsMacOS() ? 16 : 3, out TimeSpecification time));
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / 100);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>Processor time of the calling thread: <c>CLOCK_THREAD_CPUTIME_ID</c>.</summary>
    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out TimeSpecification time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpecification
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
